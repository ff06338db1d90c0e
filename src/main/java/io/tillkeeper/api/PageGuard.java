package io.tillkeeper.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tillkeeper.access.Callers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Which pages may call at all, and read what is answered. A browser lets every page that is open on
 * the till send requests to the loopback, and open WebSockets without asking; so a request that
 * comes from a page of another origin than one that was paired is refused before anything else is
 * looked at. Quarkus' own filter knows only origins that are known when the daemon starts.
 */
@ApplicationScoped
class PageGuard {

  private static final Logger LOG = Logger.getLogger(PageGuard.class);

  /** After the check of the host, before all else: a problem, too, is for the page to read. */
  private static final int AFTER_HOST = RequestGuard.FIRST - 100;

  private static final String METHODS = "GET, POST, PATCH, PUT";
  private static final String HEADERS = "content-type, idempotency-key, authorization";
  private static final String READABLE = "location, retry-after";
  private static final String TEN_MINUTES = "600";

  private final Callers callers;
  private final List<String> configured;

  PageGuard(Callers callers, ApiConfig config) {
    this.callers = callers;
    this.configured = config.origins().orElse(List.of());
  }

  void register(@Observes Filters filters) {
    if (callers.areProtected() && !configured.isEmpty()) {
      LOG.warn(
          "tillkeeper.api.origins lets no page in where calls need a token; 'tillkeeper pair --origin' does.");
    }
    filters.register(this::guard, AFTER_HOST);
  }

  private void guard(RoutingContext exchange) {
    var response = exchange.response();
    response.putHeader(HttpHeaders.VARY, "Origin");
    var call = Pages.of(exchange.request());
    var origin = call.origin();
    if (origin == null || call.fromOwnPage()) {
      exchange.next();
    } else if (!mayCall(origin)) {
      RequestGuard.refuse(
          exchange,
          Problem.of(
              ProblemCode.ORIGIN_REFUSED,
              "Pages of this origin may not call this daemon. 'tillkeeper pair' lets one in.",
              null));
    } else {
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      if (asksFirst(exchange)) {
        answerAsked(exchange, response);
      } else {
        response.putHeader(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, READABLE);
        exchange.next();
      }
    }
  }

  private boolean mayCall(String origin) {
    return callers.areProtected() ? callers.know(origin) : configured.contains(origin);
  }

  private static boolean asksFirst(RoutingContext exchange) {
    return exchange.request().method().equals(HttpMethod.OPTIONS)
        && exchange.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
  }

  private static void answerAsked(RoutingContext exchange, HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS)
        .putHeader(HttpHeaders.ACCESS_CONTROL_MAX_AGE, TEN_MINUTES);
    if (exchange.request().getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_PRIVATE_NETWORK) != null) {
      // what browsers asked before they asked the person
      response.putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_PRIVATE_NETWORK, "true");
    }
    response.setStatusCode(204).end();
  }
}
