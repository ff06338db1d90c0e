package io.tillkeeper.odoo;

import java.net.ConnectException;
import java.net.NetworkInterface;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** From an exception of the HTTP client to the cause that a person understands. */
final class TransportFault {

  static final int PROXY_WANTS_A_PASSWORD = 407;

  /** Java has no exception for it, only these words, which are in no other language either. */
  private static final Pattern NO_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

  private TransportFault() {}

  /**
   * @param fault what the HTTP client threw
   * @param host whom it was about
   * @param networkThere asked only when a name is not found: without any network that is why
   */
  static LinkLost linkLost(Throwable fault, String host, BooleanSupplier networkThere) {
    List<Throwable> chain = chain(fault);
    return lost(diagnosis(chain, networkThere), host, chain);
  }

  /**
   * As above where the calls go by a proxy: whoever is not found or does not answer is the proxy,
   * since nobody else is asked.
   *
   * @param proxy the name of its host
   */
  static LinkLost lostByProxy(Throwable fault, String proxy, BooleanSupplier networkThere) {
    List<Throwable> chain = chain(fault);
    Optional<Integer> status = chain.stream().flatMap(TransportFault::refusedTunnel).findFirst();
    return status.isPresent()
        ? noTunnel(status.get(), proxy, fault)
        : lost(ofTheProxy(diagnosis(chain, networkThere)), "by the proxy " + proxy, chain);
  }

  /** What it means when a proxy answers with this status instead of making a connection. */
  static LinkLost noTunnel(int status, String proxy, @Nullable Throwable fault) {
    Diagnosis why =
        switch (status) {
          case PROXY_WANTS_A_PASSWORD -> Diagnosis.of(LinkCause.PROXY_PASSWORD);
          case 502, 503, 504 -> Diagnosis.of(LinkDetail.PROXY_WITHOUT_ODOO);
          default -> Diagnosis.of(LinkCause.PROXY);
        };
    return new LinkLost(why, "the proxy %s: HTTP status %d".formatted(proxy, status), fault, null);
  }

  private static LinkLost lost(Diagnosis why, String who, List<Throwable> chain) {
    String seen =
        chain.stream()
            .map(t -> t.getClass().getSimpleName())
            .distinct()
            .collect(Collectors.joining(" from "));
    return new LinkLost(why, who + ": " + seen, chain.getFirst(), null);
  }

  /** What was found of the one that is connected to, said of the proxy. */
  private static Diagnosis ofTheProxy(Diagnosis found) {
    if (found.cause() == LinkCause.DNS) {
      return Diagnosis.of(LinkDetail.PROXY_NOT_FOUND);
    }
    if (found.cause() == LinkCause.REFUSED) {
      return Diagnosis.of(LinkDetail.PROXY_REFUSES);
    }
    if (found.equals(Diagnosis.of(LinkCause.TIMEOUT))) {
      return Diagnosis.of(LinkDetail.SILENCE_BY_PROXY);
    }
    return found.detail() == LinkDetail.NO_CONNECTION || found.detail() == LinkDetail.NO_ROUTE
        ? Diagnosis.of(LinkDetail.PROXY_SILENT)
        : found;
  }

  private static Stream<Integer> refusedTunnel(Throwable fault) {
    return NO_TUNNEL
        .matcher(String.valueOf(fault.getMessage()))
        .results()
        .map(found -> Integer.valueOf(found.group(1)));
  }

  /**
   * True when an interface other than the loopback is up and was given an address; also when it
   * cannot be told.
   */
  static boolean networkThere() {
    try {
      return NetworkInterface.networkInterfaces().anyMatch(TransportFault::leadsOut);
    } catch (SocketException e) {
      return true;
    }
  }

  private static Diagnosis diagnosis(List<Throwable> chain, BooleanSupplier networkThere) {
    if (has(chain, UnresolvedAddressException.class) || has(chain, UnknownHostException.class)) {
      return Diagnosis.of(networkThere.getAsBoolean() ? LinkCause.DNS : LinkCause.NO_NETWORK);
    }
    if (has(chain, SSLException.class)) {
      return TlsFault.diagnosis(chain);
    }
    if (has(chain, HttpConnectTimeoutException.class)) {
      return Diagnosis.of(LinkDetail.NO_CONNECTION);
    }
    if (has(chain, HttpTimeoutException.class) || has(chain, TimeoutException.class)) {
      return Diagnosis.of(LinkCause.TIMEOUT);
    }
    if (has(chain, NoRouteToHostException.class)) {
      return Diagnosis.of(LinkDetail.NO_ROUTE);
    }
    if (has(chain, ConnectException.class)) {
      // "Network is unreachable" has no exception of its own: the client wraps a plain one.
      return Diagnosis.of(
          chain.stream().anyMatch(t -> t.getClass() == SocketException.class)
              ? LinkCause.NO_NETWORK
              : LinkCause.REFUSED);
    }
    return Diagnosis.of(LinkCause.BROKEN);
  }

  static boolean has(List<Throwable> chain, Class<? extends Throwable> type) {
    return chain.stream().anyMatch(type::isInstance);
  }

  private static List<Throwable> chain(Throwable fault) {
    List<Throwable> chain = new ArrayList<>();
    for (@Nullable Throwable t = fault; t != null && !chain.contains(t); t = t.getCause()) {
      chain.add(t);
    }
    return chain;
  }

  private static boolean leadsOut(NetworkInterface network) {
    try {
      return network.isUp()
          && network
              .inetAddresses()
              .anyMatch(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress());
    } catch (SocketException e) {
      return false;
    }
  }
}
