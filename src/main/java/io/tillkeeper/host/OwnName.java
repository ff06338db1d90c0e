package io.tillkeeper.host;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Looks names up as Java does by itself, but for this machine's own: where nobody has said within a
 * second which address that has, it is the loopback.
 *
 * <p>The transaction manager asks for it at each start, to make ids of it that nobody else has. On
 * a box whose {@code /etc/hosts} lacks it, and whose name servers are out of reach, the start would
 * wait for as long as the resolver does.
 */
@RegisterForReflection
public final class OwnName extends InetAddressResolverProvider {

  private static final long SECONDS = 1;

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return new Resolver(configuration.builtinResolver(), configuration.lookupLocalHostName());
  }

  @Override
  public String name() {
    return "The name of this machine";
  }

  /** What asks others for all names. */
  record Resolver(InetAddressResolver others, String own) implements InetAddressResolver {

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return host.equals(own) ? lookupOwn(policy) : others.lookupByName(host, policy);
    }

    private Stream<InetAddress> lookupOwn(LookupPolicy policy) {
      var lookup = new FutureTask<>(() -> others.lookupByName(own, policy));
      Thread.ofPlatform().daemon().name("tillkeeper-own-name").start(lookup);
      try {
        return lookup.get(SECONDS, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        // nobody knows it, or nobody answers
      }
      return Stream.of(InetAddress.getLoopbackAddress());
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return others.lookupByAddress(address);
    }
  }
}
