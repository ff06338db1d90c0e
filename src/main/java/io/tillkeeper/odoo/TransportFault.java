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
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** From an exception of the HTTP client to the cause that a person understands. */
final class TransportFault {

  private TransportFault() {}

  /**
   * @param fault what the HTTP client threw
   * @param host whom it was about
   * @param networkThere asked only when a name is not found: without any network that is why
   */
  static LinkLost linkLost(Throwable fault, String host, BooleanSupplier networkThere) {
    List<Throwable> chain = chain(fault);
    String seen =
        chain.stream()
            .map(t -> t.getClass().getSimpleName())
            .distinct()
            .collect(Collectors.joining(" from "));
    return new LinkLost(diagnosis(chain, networkThere), host + ": " + seen, fault, null);
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
