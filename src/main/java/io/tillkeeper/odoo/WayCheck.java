package io.tillkeeper.odoo;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocket;

/**
 * The way to the server, before anything is said to Odoo: its name, a connection, its certificate.
 * Behind a proxy the name and the connection are the proxy's, since nothing else is looked up or
 * connected to from here, and the certificate is looked at through it.
 */
final class WayCheck {

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);
  private static final int DAYS_TO_ACT = 14;
  private static final String TLS = "TLS";
  private static final int HTTP = 80;
  private static final int HTTPS = 443;

  private final URI url;
  private final String host;
  private final int port;
  private final boolean secure;
  private final Optional<Path> authorities;
  private final Optional<HttpProxy> proxy;
  private final InstantSource clock;

  WayCheck(URI url, Optional<Path> authorities, Optional<HttpProxy> proxy, InstantSource clock) {
    this.url = url;
    this.host = url.getHost();
    this.secure = "https".equalsIgnoreCase(url.getScheme());
    this.port = url.getPort() > 0 ? url.getPort() : secure ? HTTPS : HTTP;
    this.authorities = authorities;
    this.proxy = proxy;
    this.clock = clock;
  }

  /** Adds what it finds; true when the way is free. */
  boolean run(List<Finding> findings) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(next().replaceAll("[\\[\\]]", ""));
    } catch (IOException e) {
      findings.add(Finding.error("name", diagnosis(e)));
      return false;
    }
    findings.add(Finding.ok("name", found(addresses)));
    try (Socket socket = connect(addresses)) {
      findings.add(
          Finding.ok(
              "connection",
              "%s takes connections at port %d.".formatted(nextInWords(), nextPort())));
      if (!secure) {
        return checkPlain(socket, findings);
      }
      return passProxy(socket, findings) && checkTls(socket, findings);
    } catch (IOException e) {
      findings.add(Finding.error("connection", diagnosis(e)));
      return false;
    }
  }

  private String found(InetAddress[] addresses) {
    String list =
        Arrays.stream(addresses)
            .map(InetAddress::getHostAddress)
            .distinct()
            .collect(Collectors.joining(", "));
    return list.equals(next())
        ? "%s is named by its address, %s: no name is needed.".formatted(nextInWords(), list)
        : "%s is %s.".formatted(next(), list);
  }

  /** Who is connected to from here. */
  private String next() {
    return proxy.map(HttpProxy::host).orElse(host);
  }

  private int nextPort() {
    return proxy.map(HttpProxy::port).orElse(port);
  }

  private String nextInWords() {
    return proxy.isPresent() ? "The proxy" : "The server";
  }

  /** True when what is said from now on is said to the server. */
  private boolean passProxy(Socket socket, List<Finding> findings) throws IOException {
    if (proxy.isEmpty()) {
      return true;
    }
    try {
      Tunnel.open(socket, proxy.get(), host, port);
      findings.add(Finding.ok("proxy", "The proxy connects this box to %s.".formatted(host)));
      return true;
    } catch (LinkLost refused) {
      findings.add(Finding.error("proxy", refused.diagnosis()));
      return false;
    }
  }

  /** To the first of them that takes it. */
  private Socket connect(InetAddress[] addresses) throws IOException {
    IOException last = null;
    for (InetAddress address : addresses) {
      Socket socket = new Socket();
      try {
        socket.connect(
            new InetSocketAddress(address, nextPort()), (int) LONGEST_CONNECT.toMillis());
        socket.setSoTimeout((int) LONGEST_CONNECT.toMillis());
        return socket;
      } catch (IOException e) {
        socket.close();
        last = e;
      }
    }
    throw last == null ? new ConnectException("No address") : last;
  }

  private boolean checkPlain(Socket socket, List<Finding> findings) {
    if (proxy.isPresent() || !socket.getInetAddress().isLoopbackAddress()) {
      findings.add(
          Finding.warning(
              TLS,
              "The line to Odoo is not encrypted: who listens on it reads the API key and the"
                  + " customers.",
              "Give Odoo a certificate and use https:// in tillkeeper.odoo.url."));
    }
    return true;
  }

  private boolean checkTls(Socket plain, List<Finding> findings) {
    try (SSLSocket socket =
        (SSLSocket)
            Trust.context(authorities).getSocketFactory().createSocket(plain, host, port, true)) {
      socket.setSSLParameters(Trust.parameters());
      socket.setSoTimeout((int) LONGEST_CONNECT.toMillis());
      socket.startHandshake();
      if (socket.getSession().getPeerCertificates()[0] instanceof X509Certificate certificate) {
        findings.add(expiry(certificate.getNotAfter().toInstant()));
      }
      return true;
    } catch (IOException e) {
      findings.add(Finding.error(TLS, diagnosis(e)));
    } catch (LinkLost unreadable) {
      findings.add(Finding.error(TLS, unreadable.diagnosis()));
    }
    return false;
  }

  private Finding expiry(Instant end) {
    long days = ChronoUnit.DAYS.between(clock.instant(), end);
    String sentence =
        "The certificate is good and ends on %s, in %d days."
            .formatted(end.atZone(ZoneOffset.UTC).toLocalDate(), days);
    return days >= DAYS_TO_ACT
        ? Finding.ok(TLS, sentence)
        : Finding.warning(
            TLS, sentence, "Does its renewal work? When it is over, nothing is sent any more.");
  }

  /** A plain socket has fewer exceptions than the HTTP client, and says more in their words. */
  private Diagnosis diagnosis(IOException fault) {
    if (fault instanceof SocketTimeoutException) {
      return Diagnosis.of(proxy.isPresent() ? LinkDetail.PROXY_SILENT : LinkDetail.NO_CONNECTION);
    }
    boolean ofTheNetwork =
        fault instanceof SocketException
            && !(fault instanceof NoRouteToHostException)
            && String.valueOf(fault.getMessage()).contains("unreachable");
    if (ofTheNetwork) {
      return Diagnosis.of(LinkCause.NO_NETWORK);
    }
    return proxy
        .map(by -> TransportFault.lostByProxy(fault, by.host(), TransportFault::networkThere))
        .orElseGet(
            () -> TransportFault.linkLost(fault, url.getHost(), TransportFault::networkThere))
        .diagnosis();
  }
}
