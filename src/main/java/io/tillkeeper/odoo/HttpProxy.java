package io.tillkeeper.odoo;

import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * The HTTP proxy that every call to Odoo goes by. The proxy is shown who this box is; Odoo is not:
 * behind {@code https} the client speaks to each of the two alone.
 */
final class HttpProxy {

  /**
   * Java's list of ways to say who one is that a proxy is not told before it has made a tunnel. It
   * holds the one that proxies know, and is read once, when the first client is set up: it is
   * emptied before anyone can do that with a proxy.
   */
  private static final String NOT_FOR_TUNNELS = "jdk.http.auth.tunneling.disabledSchemes";

  private final String host;
  private final int port;
  private final ProxyPassword password;

  private HttpProxy(URI address, ProxyPassword password) {
    System.setProperty(NOT_FOR_TUNNELS, "");
    this.host = address.getHost();
    this.port = address.getPort();
    this.password = password;
  }

  /**
   * The one that is configured; the environment and the settings of Java are not asked.
   *
   * @param config without {@link OdooConfigCheck#problems}
   */
  static Optional<HttpProxy> of(OdooConfig config) {
    return config.proxy().map(address -> new HttpProxy(address, new ProxyPassword(config)));
  }

  String host() {
    return host;
  }

  int port() {
    return port;
  }

  /**
   * What the proxy is told of who this box is; empty where it asks nobody.
   *
   * @throws LinkLost with {@link LinkCause#PROXY_PASSWORD} when the password cannot be read
   */
  Optional<String> authorization() {
    return password.authorization();
  }

  /** Has every call of the client go by it, whatever its address, one on this box too. */
  HttpClient.Builder lead(HttpClient.Builder client) {
    return client.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(host, port)));
  }
}
