package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * One HTTP exchange at a time with one Odoo server, from several threads side by side. A redirect
 * is never followed, an answer is never waited for beyond the time-out, its body included, and
 * never taken into memory without a limit. Every call goes by the proxy that is configured, and by
 * no other.
 */
final class HttpWire implements AutoCloseable {

  /** A thousand rows are answered with less than a hundredth of it. */
  private static final int LARGEST_ANSWER = 16 * 1024 * 1024;

  private static final Duration LONGEST_CONNECT = Duration.ofSeconds(10);

  private final URI server;
  private final Duration timeout;
  private final String userAgent;
  private final BooleanSupplier networkThere;
  private final Optional<HttpProxy> proxy;
  private final HttpClient client;

  HttpWire(
      URI server,
      Duration timeout,
      String userAgent,
      SSLContext trust,
      Optional<HttpProxy> proxy,
      BooleanSupplier networkThere) {
    this.server = server;
    this.timeout = timeout;
    this.userAgent = userAgent;
    this.networkThere = networkThere;
    this.proxy = proxy;
    this.client = client(trust);
  }

  private HttpClient client(SSLContext trust) {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(longestConnect(timeout))
            .sslContext(trust)
            .sslParameters(Trust.parameters());
    return proxy
        .map(by -> by.lead(client))
        .orElseGet(() -> client.proxy(HttpClient.Builder.NO_PROXY))
        .build();
  }

  /**
   * @throws LinkLost when nothing comes back that may be Odoo's
   */
  WireAnswer post(String path, Map<String, String> headers, JsonNode body) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(WireReader.write(body)));
    headers.forEach(request::header);
    return exchange(request.build());
  }

  /**
   * @throws LinkLost when nothing comes back that may be Odoo's
   */
  WireAnswer get(String path) {
    return exchange(request(path).GET().build());
  }

  /**
   * What the server says the time is, whatever else it answers; empty when it does not.
   *
   * @throws LinkLost when nothing comes back
   */
  Optional<Instant> time(String path) {
    return WireReader.date(send(request(path).GET().build()).headers());
  }

  /** Well before the time for the answer is over, so that it shows which of the two it was. */
  private static Duration longestConnect(Duration timeout) {
    Duration half = timeout.dividedBy(2);
    return half.compareTo(LONGEST_CONNECT) < 0 ? half : LONGEST_CONNECT;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve(path))
            .header("Accept", "application/json")
            .header("User-Agent", userAgent);
    // The client keeps a header of this name from what goes to the server through a tunnel.
    proxy
        .flatMap(HttpProxy::authorization)
        .ifPresent(who -> request.header("Proxy-Authorization", who));
    return request;
  }

  private WireAnswer exchange(HttpRequest request) {
    HttpResponse<byte[]> response = send(request);
    return WireReader.read(response.statusCode(), response.headers(), response.body());
  }

  /**
   * The client's own time-out ends with the headers; waiting for the future bounds the body too.
   */
  private HttpResponse<byte[]> send(HttpRequest request) {
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, head -> new LimitedBody(LARGEST_ANSWER));
    try {
      return answered(response.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      throw linkLost(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      response.cancel(true);
      throw linkLost(e);
    } catch (InterruptedException e) {
      response.cancel(true);
      Thread.currentThread().interrupt();
      throw new LinkLost(LinkCause.TIMEOUT, "Interrupted while waiting for Odoo", e, null);
    }
  }

  /** Before a proxy has let the call through, it answers in the place of the server. */
  private HttpResponse<byte[]> answered(HttpResponse<byte[]> response) {
    if (response.statusCode() == TransportFault.PROXY_WANTS_A_PASSWORD && proxy.isPresent()) {
      throw TransportFault.noTunnel(response.statusCode(), proxy.get().host(), null);
    }
    return response;
  }

  private LinkLost linkLost(Throwable fault) {
    return proxy
        .map(by -> TransportFault.lostByProxy(fault, by.host(), networkThere))
        .orElseGet(
            () -> TransportFault.linkLost(fault, String.valueOf(server.getHost()), networkThere));
  }
}
