package io.tillkeeper;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One who listens to the feed of a daemon, in one of the two ways to do that. */
final class FeedListener implements AutoCloseable {

  private static final String FEED = "/api/v1/feed";
  private static final String DATA = "data: ";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
  private final HttpClient http = HttpClient.newHttpClient();

  /** By WebSocket. */
  static FeedListener ofSocket(URI daemon) {
    var listener = new FeedListener();
    listener
        .http
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://" + daemon.getAuthority() + FEED), new Messages(listener::hear))
        .join();
    return listener;
  }

  /** By server-sent events. */
  static FeedListener ofStream(URI daemon) throws IOException, InterruptedException {
    var listener = new FeedListener();
    var request =
        HttpRequest.newBuilder(daemon.resolve(FEED)).header("Accept", "text/event-stream").build();
    var answer = listener.http.send(request, BodyHandlers.ofInputStream());
    Thread.ofVirtual()
        .start(
            () -> {
              try (var lines =
                  new BufferedReader(
                      new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                lines
                    .lines()
                    .filter(line -> line.startsWith(DATA))
                    .forEach(line -> listener.hear(line.substring(DATA.length())));
              } catch (IOException | UncheckedIOException e) {
                // the daemon, or this listener, is gone
              }
            });
    return listener;
  }

  /** Hands on each message when it is whole. */
  private record Messages(Consumer<String> hear, StringBuilder begun)
      implements WebSocket.Listener {

    Messages(Consumer<String> hear) {
      this(hear, new StringBuilder());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      begun.append(part);
      if (last) {
        hear.accept(begun.toString());
        begun.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void hear(String text) {
    try {
      heard.add(Daemon.JSON.readTree(text));
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Waits for an event of this type whose data is as wanted. */
  void await(String type, Predicate<JsonNode> wanted) {
    Await.until(
        PATIENCE,
        () ->
            heard.stream()
                .filter(event -> event.path("type").asText().equals(type))
                .anyMatch(event -> wanted.test(event.path("data"))),
        () -> "a " + type + " event among " + heard);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
