package io.tillkeeper.api;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.tillkeeper.access.Callers;
import io.tillkeeper.access.Scope;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Has every call show a token that is good for it. In a header, which no page can send without its
 * browser asking first; where a browser lets a page send none, at the opening of a WebSocket, as a
 * sub-protocol. Never in an address, which gets into logs.
 */
@ApplicationScoped
class TokenGuard {

  private static final int AFTER_PAGES = RequestGuard.FIRST - 200;

  private static final String BEARER = "bearer ";
  private static final String SUB_PROTOCOL = "tillkeeper.token.";
  private static final String CHALLENGE = "WWW-Authenticate";
  private static final String OFFERED = "Sec-WebSocket-Protocol";
  private static final String FEED = "/api/v1/feed";

  private final Callers callers;

  TokenGuard(Callers callers) {
    this.callers = callers;
  }

  void register(@Observes Filters filters) {
    filters.register(this::guard, AFTER_PAGES);
  }

  private void guard(RoutingContext exchange) {
    var request = exchange.request();
    var needed =
        callers.areProtected()
            ? AccessRules.needed(request.method().name(), exchange.normalizedPath())
            : Optional.<Scope>empty();
    if (needed.isEmpty()) {
      exchange.next();
    } else {
      judge(exchange, needed.get());
    }
  }

  private void judge(RoutingContext exchange, Scope needed) {
    var request = exchange.request();
    switch (callers.judge(token(request), Pages.of(request), needed)) {
      case ADMITTED -> exchange.next();
      case WITHOUT_TOKEN ->
          challenge(
              exchange,
              ProblemCode.TOKEN_REQUIRED,
              "This needs a token: 'tillkeeper pair' gives one.");
      case UNKNOWN_TOKEN ->
          challenge(
              exchange,
              ProblemCode.TOKEN_REFUSED,
              "This token is none, or was revoked: 'tillkeeper pair' gives another.");
      case OF_ANOTHER ->
          challenge(
              exchange,
              ProblemCode.TOKEN_REFUSED,
              "This token was given to another page, or program.");
      case OUT_OF_SCOPE ->
          RequestGuard.refuse(
              exchange,
              Problem.of(
                  ProblemCode.OUT_OF_SCOPE,
                  "This token is not good for that, which needs the scope '%s'."
                      .formatted(needed.code()),
                  null));
      case TOO_MANY_UNKNOWN -> tooMany(exchange);
    }
  }

  private static void challenge(RoutingContext exchange, ProblemCode code, String detail) {
    exchange.response().putHeader(CHALLENGE, "Bearer");
    RequestGuard.refuse(exchange, Problem.of(code, detail, null));
  }

  private static void tooMany(RoutingContext exchange) {
    exchange.response().putHeader(HttpHeaders.RETRY_AFTER, "60");
    RequestGuard.refuse(exchange, tooManyAttempts("tokens"));
  }

  static Problem tooManyAttempts(String of) {
    return Problem.of(
        ProblemCode.TOO_MANY_ATTEMPTS,
        "Too many %s were tried that are none. Try again in a minute.".formatted(of),
        null);
  }

  private static @Nullable String token(HttpServerRequest request) {
    var shown = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (shown != null && shown.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      return shown.substring(BEARER.length()).strip();
    }
    return FEED.equals(request.path()) ? ofWebSocket(request) : null;
  }

  private static @Nullable String ofWebSocket(HttpServerRequest request) {
    return Stream.ofNullable(request.getHeader(OFFERED))
        .flatMap(offered -> Stream.of(offered.split(",")))
        .map(String::strip)
        .filter(offered -> offered.startsWith(SUB_PROTOCOL))
        .map(offered -> offered.substring(SUB_PROTOCOL.length()))
        .findFirst()
        .orElse(null);
  }
}
