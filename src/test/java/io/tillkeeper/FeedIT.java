package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed of the product as a process of its own: what its end and its next start mean to it. */
class FeedIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int NORMAL_CLOSURE = 1000;

  @TempDir Path storage;

  /** Keeps the messages and the code with which the connection was closed. */
  private static final class Listener implements WebSocket.Listener {

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();

    static Listener on(Daemon daemon, String query) {
      var listener = new Listener();
      HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .buildAsync(
              URI.create("ws://%s/api/v1/feed%s".formatted(daemon.url().getAuthority(), query)),
              listener)
          .join();
      return listener;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
      closed.complete(code);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable fault) {
      closed.completeExceptionally(fault);
    }

    /** The type and the id of the next message. */
    Map.Entry<String, Long> next() throws InterruptedException, JsonProcessingException {
      var message = messages.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertThat(message).isNotNull();
      var event = Daemon.JSON.readTree(message);
      return Map.entry(event.path("type").asText(), event.path("id").asLong());
    }
  }

  @Test
  void aStopClosesItAndTheNextStartGoesOnAboveTheIdsOfTheLast() throws Exception {
    long last;
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      var listener = Listener.on(daemon, "");
      assertThat(listener.next().getKey()).isEqualTo("status");
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      assertThat(listener.next().getKey()).isEqualTo("operation");
      last = listener.next().getValue();

      assertThat(daemon.stop(LIMIT)).isIn(0, 143);
      assertThat(listener.closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .isEqualTo(NORMAL_CLOSURE);
    }
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      var listener = Listener.on(daemon, "?after=" + last);
      var types = List.of(listener.next(), listener.next());
      assertThat(types).extracting(Map.Entry::getKey).containsExactly("status", "reset");
      assertThat(types).extracting(Map.Entry::getValue).allMatch(id -> id > last);
    }
  }
}
