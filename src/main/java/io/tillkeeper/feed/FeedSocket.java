package io.tillkeeper.feed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnPongMessage;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The feed over a WebSocket. */
@WebSocket(path = FeedAddress.PATH)
class FeedSocket {

  private static final Logger LOG = Logger.getLogger(FeedSocket.class);
  private static final UserData.TypedKey<Subscriber> SUBSCRIBER =
      new UserData.TypedKey<>("subscriber");

  private static final String FAILED = "internal error";

  private final Feed feed;
  private final EventBodies bodies;
  private final ObjectMapper json;

  FeedSocket(Feed feed, EventBodies bodies, ObjectMapper json) {
    this.feed = feed;
    this.bodies = bodies;
    this.json = json;
  }

  @OnOpen
  void opened(WebSocketConnection connection) {
    var outlet = new SocketOutlet(connection);
    var after = FeedAddress.after(connection.handshakeRequest().query(), null);
    feed.subscribe(outlet, after)
        .ifPresentOrElse(
            subscriber -> {
              connection.userData().put(SUBSCRIBER, subscriber);
              if (connection.isClosed()) {
                subscriber.left(); // it may have gone before it was known here
              }
            },
            () -> outlet.close(Outlet.TRY_AGAIN_LATER, "too many listeners"));
  }

  @OnTextMessage
  @NonBlocking
  void message(String text, WebSocketConnection connection) {
    subscriber(connection)
        .ifPresent(
            subscriber -> {
              subscriber.heard();
              subscriber.answer(
                  isPing(text)
                      ? feed.answer(FeedEvent.PONG, Map.of())
                      : feed.answer(
                          FeedEvent.PROBLEM,
                          bodies.notUnderstood("The feed understands {\"type\": \"ping\"} only.")));
            });
  }

  private boolean isPing(String text) {
    try {
      var message = json.readTree(text);
      return message != null && message.path("type").asText().equals("ping");
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  @OnPongMessage
  @NonBlocking
  void pong(Buffer data, WebSocketConnection connection) {
    subscriber(connection).ifPresent(Subscriber::heard);
  }

  @OnClose
  @NonBlocking
  void closed(WebSocketConnection connection) {
    subscriber(connection).ifPresent(Subscriber::left);
  }

  @OnError
  @NonBlocking
  void failed(Throwable fault, WebSocketConnection connection) {
    LOG.debugf(fault, "A listener of the feed failed");
    subscriber(connection)
        .ifPresentOrElse(
            subscriber -> subscriber.drop(Outlet.INTERNAL_ERROR, FAILED),
            // it said what it may not before it was known here
            () -> new SocketOutlet(connection).close(Outlet.INTERNAL_ERROR, FAILED));
  }

  private static Optional<Subscriber> subscriber(WebSocketConnection connection) {
    return Optional.ofNullable(connection.userData().get(SUBSCRIBER));
  }

  private record SocketOutlet(WebSocketConnection connection) implements Outlet {

    @Override
    public void send(Message message, Runnable sent, Runnable failed) {
      connection
          .sendText(message.text())
          .subscribe()
          .with(done -> sent.run(), fault -> failed.run());
    }

    @Override
    public void ping(Runnable alive) {
      connection.sendPing(Buffer.buffer()).subscribe().with(done -> {}, fault -> {});
    }

    @Override
    public void close(int code, String reason) {
      if (connection.isOpen()) { // or the framework complains
        connection.close(new CloseReason(code, reason)).subscribe().with(done -> {}, fault -> {});
      }
    }
  }
}
