package io.tillkeeper.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The feed for clients that cannot open a WebSocket. */
@QuarkusTest
@WithTestResource(TestBox.class)
class FeedStreamQuarkusTest {

  @TestHTTPResource URI daemon;
  @Inject Scene scene;
  @Inject Feed feed;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  /** One event: the lines up to an empty one. */
  private record StreamEvent(String id, String type, JsonNode data) {

    static StreamEvent read(BufferedReader lines) throws IOException {
      var id = field(afterPings(lines), "id");
      var type = field(lines.readLine(), "event");
      var data = FeedClient.json(field(lines.readLine(), "data"));
      assertThat(lines.readLine()).isEmpty();
      assertThat(data.path("id").asText()).isEqualTo(id);
      assertThat(data.path("type").asText()).isEqualTo(type);
      return new StreamEvent(id, type, data.path("data"));
    }

    /** A ping, with the empty line after it, may come at any time too. */
    private static String afterPings(BufferedReader lines) throws IOException {
      var line = lines.readLine();
      while (line.equals(": ping")) {
        assertThat(lines.readLine()).isEmpty();
        line = lines.readLine();
      }
      return line;
    }

    private static String field(String line, String name) {
      assertThat(line).startsWith(name + ": ");
      return line.substring(name.length() + 2);
    }

    /** The next that is no status, which may come at any time. */
    static StreamEvent news(BufferedReader lines) throws IOException {
      var event = read(lines);
      return event.type().equals("status") ? news(lines) : event;
    }
  }

  private BufferedReader listen(Optional<String> lastEventId)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(daemon.resolve("/api/v1/feed"))
            .header("Accept", "text/event-stream")
            .timeout(Duration.ofSeconds(20));
    lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
    var answer = HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValue("text/event-stream;charset=UTF-8");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  @Test
  void theSameEventsComeAsAStream() throws IOException, InterruptedException {
    try (var lines = listen(Optional.empty())) {
      var status = StreamEvent.read(lines);
      assertThat(status.type()).isEqualTo("status");
      assertThat(status.data().path("mode").asText()).isEqualTo("auto");

      var ref = Till.customer(Map.of("name", "Ana"));
      var pending = StreamEvent.news(lines);
      assertThat(pending.type()).isEqualTo("operation");
      assertThat(pending.data().at("/customer/ref").asText()).isEqualTo(ref);
      assertThat(StreamEvent.news(lines).type()).isEqualTo("customer");
    }
  }

  @Test
  void aBrowserThatComesBackIsToldWhatItMissed() throws IOException, InterruptedException {
    String last;
    try (var lines = listen(Optional.empty())) {
      last = StreamEvent.read(lines).id();
    }
    Till.customer(Map.of("name", "Ana"));

    try (var lines = listen(Optional.of(last))) {
      assertThat(StreamEvent.read(lines).type()).isEqualTo("status");
      assertThat(StreamEvent.news(lines).data().path("state").asText()).isEqualTo("pending");
    }
    try (var lines = listen(Optional.of("5"))) {
      assertThat(StreamEvent.read(lines).type()).isEqualTo("status");
      assertThat(StreamEvent.read(lines).type()).isEqualTo("reset");
    }
  }

  @Test
  void aPingIsAComment() throws IOException, InterruptedException {
    try (var lines = listen(Optional.empty())) {
      StreamEvent.read(lines);
      feed.beat();
      assertThat(lines.readLine()).isEqualTo(": ping");
      assertThat(lines.readLine()).isEmpty();
    }
  }

  @Test
  void whoLeavesIsForgotten() throws IOException, InterruptedException {
    var before = feed.listeners();
    try (var lines = listen(Optional.empty())) {
      StreamEvent.read(lines);
      assertThat(feed.listeners()).isGreaterThan(before);
    }
    // a browser that is closed leaves like this too: nothing but the next write tells
    Await.until(
        Duration.ofSeconds(20), () -> feed.listeners() <= before, () -> "the stream is forgotten");
  }
}
