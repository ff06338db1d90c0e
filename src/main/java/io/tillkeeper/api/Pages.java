package io.tillkeeper.api;

import io.tillkeeper.access.Call;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Which page a request comes from, as its browser says. */
final class Pages {

  private static final String SITE = "Sec-Fetch-Site";
  private static final String SAME_ORIGIN = "same-origin";

  private Pages() {}

  static Call of(HttpServerRequest request) {
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    return new Call(
        origin,
        // of what it reads from its own server a browser does not say the origin
        origin == null ? SAME_ORIGIN.equals(request.getHeader(SITE)) : isOwn(origin, request),
        String.valueOf(request.remoteAddress().hostAddress()));
  }

  /** A page that this daemon itself served; the host was checked before. */
  private static boolean isOwn(String origin, HttpServerRequest request) {
    return origin.equals(request.scheme() + "://" + request.getHeader(HttpHeaders.HOST));
  }
}
