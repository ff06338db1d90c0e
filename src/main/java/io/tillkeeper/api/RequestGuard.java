package io.tillkeeper.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Stands before everything that the daemon serves. A daemon on the loopback can be reached by any
 * web page that is open on the till; so a request is refused when its {@code Host} is not this
 * machine's (DNS rebinding). And no answer may be cached: Odoo 19's service worker keeps each one
 * that it may.
 */
@ApplicationScoped
class RequestGuard {

  /** Before the framework's own filters. */
  static final int FIRST = 1_000;

  /** After those who may not call at all; before the framework's limit, which says nothing. */
  private static final int AFTER_GUARDS = 100;

  /** The last of these: what is refused is not under way. */
  private static final int BEFORE_THE_REST = 90;

  /**
   * Of requests under way. A hundred tills at once are fewer; each takes memory, and waits for the
   * same disk.
   */
  static final int MOST_UNDER_WAY = 64;

  /** Written in numbers, so that nobody has to be asked what it means. */
  private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|\\[?[0-9a-f.:]*:[0-9a-f.:]*]?");

  private final Set<String> hosts;
  private final long largestBody;
  private final AtomicInteger underWay = new AtomicInteger();

  RequestGuard(ApiConfig config, @ConfigProperty(name = "quarkus.http.host") String listeningOn) {
    this.hosts = ownNames(listeningOn);
    this.largestBody = BodyGuard.largest(config);
  }

  /** As they stand in a request. To listen on every address is no name. */
  static Set<String> ownNames(String listeningOn) {
    var names = new HashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    var named = listeningOn.toLowerCase(Locale.ROOT);
    if (!isEveryAddress(named)) {
      names.add(named.contains(":") && !named.startsWith("[") ? "[" + named + "]" : named);
    }
    try {
      names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // a box that does not know its own name is not called by it
    }
    return Set.copyOf(names);
  }

  /** A browser takes such an address for this machine, too, whichever page names it. */
  private static boolean isEveryAddress(String host) {
    try {
      return ADDRESS.matcher(host).matches() && InetAddress.getByName(host).isAnyLocalAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  void register(@Observes Filters filters) {
    filters.register(this::guard, FIRST);
    filters.register(this::limit, AFTER_GUARDS);
    filters.register(this::count, BEFORE_THE_REST);
  }

  private void guard(RoutingContext exchange) {
    PipelineLimit.watch(exchange.request().connection());
    exchange
        .response()
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("X-Content-Type-Options", "nosniff")
        // nor as a picture or a script of a page that does not ask by CORS
        .putHeader("Cross-Origin-Resource-Policy", "same-origin");
    refusal(exchange.request())
        .ifPresentOrElse(problem -> refuse(exchange, problem), exchange::next);
  }

  private Optional<Problem> refusal(HttpServerRequest request) {
    var authority = Optional.ofNullable(request.authority());
    if (authority
        .map(HostAndPort::host)
        .filter(host -> hosts.contains(host.toLowerCase(Locale.ROOT)))
        .isEmpty()) {
      return Optional.of(hostRefused());
    }
    return Optional.empty();
  }

  static Problem hostRefused() {
    return Problem.of(
        ProblemCode.HOST_REFUSED, "The request is not addressed to this machine.", null);
  }

  private void limit(RoutingContext exchange) {
    if (declaredLength(exchange.request()) > largestBody) {
      refuse(exchange, ProblemMappers.bodyTooLarge());
    } else {
      exchange.next();
    }
  }

  /** The feed has a limit of its own; what watches the daemon is to see it when it is busy. */
  private void count(RoutingContext exchange) {
    var path = exchange.normalizedPath();
    if (path.startsWith("/q/") || path.equals("/api/v1/feed")) {
      exchange.next();
    } else if (underWay.incrementAndGet() > MOST_UNDER_WAY) {
      underWay.decrementAndGet();
      exchange.response().putHeader(HttpHeaders.RETRY_AFTER, "1");
      refuse(
          exchange,
          Problem.of(
              ProblemCode.BUSY,
              "More comes at once than the disk takes; nothing was done. Try again in a second.",
              null));
    } else {
      exchange.addEndHandler(ended -> underWay.decrementAndGet());
      exchange.next();
    }
  }

  private static long declaredLength(HttpServerRequest request) {
    var length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length);
  }

  static void refuse(RoutingContext exchange, Problem problem) {
    exchange
        .response()
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        // what is left of the request is not read
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(Json.encodeToBuffer(problem));
  }
}
