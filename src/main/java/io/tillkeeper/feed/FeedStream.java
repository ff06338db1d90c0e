package io.tillkeeper.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jspecify.annotations.Nullable;

/**
 * The feed as server-sent events, at the same address: for whoever asks without wanting a
 * WebSocket. Stands before {@link FeedSocket}, and refuses what neither understands.
 */
@ApplicationScoped
class FeedStream {

  /** Before the WebSocket's route, after what guards them both. */
  private static final int FIRST = -1;

  private final Feed feed;
  private final EventBodies bodies;
  private final ObjectMapper json;

  FeedStream(Feed feed, EventBodies bodies, ObjectMapper json) {
    this.feed = feed;
    this.bodies = bodies;
    this.json = json;
  }

  void register(@Observes Router router) {
    router.get(FeedAddress.PATH).order(FIRST).handler(this::handle);
  }

  private void handle(RoutingContext exchange) {
    Long after;
    try {
      after =
          FeedAddress.after(
              exchange.request().query(), exchange.request().getHeader("Last-Event-ID"));
    } catch (NumberFormatException e) {
      refuse(exchange, 400, bodies.noPlace());
      return;
    }
    if ("websocket".equalsIgnoreCase(exchange.request().getHeader(HttpHeaders.UPGRADE))) {
      exchange.next();
    } else {
      exchange.vertx().executeBlocking(() -> open(exchange, after), false);
    }
  }

  /** Reads the status, so it is not for the event loop. */
  private @Nullable Void open(RoutingContext exchange, @Nullable Long after) {
    var response = exchange.response();
    var outlet = new StreamOutlet(response);
    response
        .setChunked(true)
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
        .putHeader("X-Accel-Buffering", "no");
    feed.subscribe(outlet, after)
        .ifPresentOrElse(
            subscriber -> {
              response.closeHandler(closed -> subscriber.left());
              if (response.closed()) {
                subscriber.left(); // it may have gone before it was known here
              }
            },
            () -> refuse(exchange, 503, bodies.tooMany()));
    return null;
  }

  private void refuse(RoutingContext exchange, int status, Object problem) {
    try {
      exchange
          .response()
          .setStatusCode(status)
          .setChunked(false)
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException e) {
      exchange.fail(e);
    }
  }

  private record StreamOutlet(HttpServerResponse response) implements Outlet {

    @Override
    public void send(Message message, Runnable sent, Runnable failed) {
      response
          .write(
              "id: %d\nevent: %s\ndata: %s\n\n"
                  .formatted(message.id(), message.type(), message.text()))
          .onComplete(
              written -> {
                if (written.succeeded()) {
                  sent.run();
                } else {
                  failed.run();
                }
              });
    }

    /** Nobody answers a comment, so its way out is the sign of life. */
    @Override
    public void ping(Runnable alive) {
      response.write(": ping\n\n").onSuccess(written -> alive.run());
    }

    @Override
    public void close(int code, String reason) {
      response.reset();
    }
  }
}
