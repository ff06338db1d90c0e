package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which address this machine's own name has, whoever knows it. */
class OwnNameTest {

  private static final LookupPolicy ANY =
      LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6 | LookupPolicy.IPV4_FIRST);

  private static InetAddressResolver onABoxCalled(String own, Map<String, String> known) {
    return new OwnName.Resolver(new Known(known), own);
  }

  private record Known(Map<String, String> addresses) implements InetAddressResolver {

    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      if (!addresses.containsKey(host)) {
        throw new UnknownHostException(host);
      }
      return Stream.of(InetAddress.getByName(addresses.get(host)));
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      throw new UnknownHostException("nobody");
    }
  }

  @Test
  void aNameThatNobodyKnowsIsTheLoopbackIfItIsTheMachinesOwn() throws UnknownHostException {
    var names = onABoxCalled("till1", Map.of("odoo.example", "192.0.2.7"));

    assertThat(names.lookupByName("till1", ANY)).containsExactly(InetAddress.getLoopbackAddress());
    assertThatThrownBy(() -> names.lookupByName("till2", ANY))
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> names.lookupByAddress(new byte[] {10, 0, 0, 1}))
        .isInstanceOf(UnknownHostException.class);
  }

  @Test
  void aNameThatIsKnownHasTheAddressThatItHas() throws UnknownHostException {
    var names = onABoxCalled("till1", Map.of("till1", "192.0.2.1", "odoo.example", "192.0.2.7"));

    assertThat(names.lookupByName("till1", ANY))
        .containsExactly(InetAddress.getByName("192.0.2.1"));
    assertThat(names.lookupByName("odoo.example", ANY))
        .containsExactly(InetAddress.getByName("192.0.2.7"));
  }

  @Test
  void itIsInUse() {
    assertThat(ServiceLoader.load(InetAddressResolverProvider.class))
        .hasAtLeastOneElementOfType(OwnName.class);
  }
}
