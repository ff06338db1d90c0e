package io.tillkeeper.simulator;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A request and the connection that waits for its answer; Odoo answers one and closes. */
final class Exchange {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final HttpServerRequest request;
  private final InstantSource clock;
  private boolean gone;
  private @Nullable Runnable whenGone;

  Exchange(HttpServerRequest request, InstantSource clock) {
    this.request = request;
    this.clock = clock;
    request.connection().closeHandler(closed -> clientIsGone());
  }

  void answer(Answer answer) {
    Buffer body = Buffer.buffer(answer.body());
    HttpServerResponse response = begin(answer, body.length());
    response.end(body).onComplete(sent -> request.connection().close());
  }

  /** Sends half of the body that the headers promise, then does something else. */
  void answerHalf(Answer answer, Runnable then) {
    Buffer body = Buffer.buffer(answer.body());
    HttpServerResponse response = begin(answer, body.length());
    response.write(body.slice(0, body.length() / 2)).onComplete(sent -> then.run());
  }

  /** Sends the body byte by byte, as long as the client listens. */
  void trickle(Answer answer, Duration perByte, Vertx vertx) {
    Buffer body = Buffer.buffer(answer.body());
    HttpServerResponse response = begin(answer, body.length());
    var sent = new AtomicInteger();
    long timer =
        vertx.setPeriodic(
            perByte.toMillis(),
            id -> {
              int next = sent.getAndIncrement();
              response.write(body.slice(next, next + 1));
              if (next + 1 == body.length()) {
                vertx.cancelTimer(id);
                response.end().onComplete(done -> request.connection().close());
              }
            });
    whenGone(() -> vertx.cancelTimer(timer));
  }

  /** Ends the connection in the place of an answer, or of the rest of one. */
  void cut(Fault.Manner manner) {
    switch (manner) {
      case RESET -> reset();
      case CLOSE -> request.connection().close();
      case BAD_GATEWAY -> answer(Strangers.badGateway());
    }
  }

  /** Runs the action when the client closes the connection, at once when it has. */
  void whenGone(Runnable action) {
    boolean now;
    synchronized (this) {
      now = gone;
      whenGone = action;
    }
    if (now) {
      action.run();
    }
  }

  private void clientIsGone() {
    Runnable action;
    synchronized (this) {
      gone = true;
      action = whenGone;
    }
    if (action != null) {
      action.run();
    }
  }

  private HttpServerResponse begin(Answer answer, int length) {
    HttpServerResponse response = request.response().setStatusCode(answer.status());
    response.putHeader("Server", "Werkzeug/2.2.2 Python/3.11.2");
    response.putHeader("Date", DATE.format(clock.instant()));
    answer.headers().forEach(response::putHeader);
    return response
        .putHeader("Content-Length", Integer.toString(length))
        .putHeader("Connection", "close");
  }

  /** A close without lingering drops what is not sent and makes the system send a real RST. */
  private void reset() {
    Channel channel = ((ConnectionBase) request.connection()).channel();
    channel.config().setOption(ChannelOption.SO_LINGER, 0);
    channel.close();
  }
}
