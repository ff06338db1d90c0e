package io.tillkeeper.api;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * What fails outside of the resources, and before {@link RequestGuard} has seen it, ends as a
 * problem too. The framework would say it in a page of its own, and write the address, which may
 * hold a customer's data, into the log.
 */
@ApplicationScoped
class FailureGuard {

  private static final int FIRST = Integer.MIN_VALUE;

  void register(@Observes Router router) {
    router.route().order(FIRST).failureHandler(FailureGuard::failed);
  }

  private static void failed(RoutingContext exchange) {
    if (exchange.response().headWritten()) {
      exchange.next();
      return;
    }
    exchange.response().putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    RequestGuard.refuse(exchange, problem(exchange));
  }

  private static Problem problem(RoutingContext exchange) {
    if (exchange.request().authority() == null) {
      return RequestGuard.hostRefused();
    }
    var status = exchange.statusCode();
    return status >= 400 && status < 500
        ? Problem.of(ProblemCode.INVALID_REQUEST, "The request cannot be understood.", null)
        : ProblemMappers.internal(exchange.failure());
  }
}
