package io.tillkeeper.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read from the feed, and what is shown of it. */
class WatchTest {

  private static final String STATUS =
      """
      {"mode": "auto", "link": {"state": "%s"},
       "queue": {"pending": %d, "sending": 0, "held": 0, "deliveredTotal": 3, "discardedTotal": 0},
       "storage": {"durable": true, "freeBytes": 1000}, "odoo": {}}
      """;

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @Test
  void anEventIsReadWholeAndSignsOfLifeAreNone() throws IOException {
    var feed =
        "id: 1\nevent: status\ndata: {\"a\": 1}\n\n: ping\n\nid: 2\nevent: operation\ndata: {}\n\nid: 3\nevent";
    try (var reader =
        new FeedReader(new ByteArrayInputStream(feed.getBytes(StandardCharsets.UTF_8)))) {
      assertThat(reader.next()).contains(new FeedReader.Event("1", "status", "{\"a\": 1}"));
      assertThat(reader.next()).contains(new FeedReader.Event("2", "operation", "{}"));
      assertThat(reader.next()).isEmpty();
    }
  }

  @Test
  void whoeverIsNoTerminalGetsOneLineForEachChange() throws IOException {
    var screen = WatchScreen.of(session(false, false));

    screen.show(status("up", 0));
    screen.tick();
    screen.show(status("up", 0));
    screen.show(status("down", 2));
    screen.gone();
    screen.gone();

    assertThat(output.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            2026-03-01T09:00:00Z link up, mode auto: 0 pending, 0 sending, 0 held, 3 delivered, 0 discarded
            2026-03-01T09:00:00Z link down, mode auto: 2 pending, 0 sending, 0 held, 3 delivered, 0 discarded
            2026-03-01T09:00:00Z Tillkeeper went away; waiting for it.
            """);
  }

  @Test
  void aScriptGetsOneObjectForEachChange() throws IOException {
    var screen = WatchScreen.of(session(false, true));

    screen.show(status("up", 0));
    screen.show(status("up", 0));
    screen.show(status("up", 1));

    assertThat(output.toString(StandardCharsets.UTF_8).lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(LocalApi.JSON.readTree(line).at("/link/state").asText())
                    .isEqualTo("up"));
  }

  @Test
  void aTerminalIsDrawnAnewInPlace() throws IOException {
    var screen = WatchScreen.of(session(true, false));

    screen.show(status("up", 0));
    screen.gone();

    var drawn = output.toString(StandardCharsets.UTF_8).split("\033\\[H");
    assertThat(drawn).hasSize(3);
    assertThat(drawn[1]).contains("Everything is delivered.").endsWith("\033[J");
    assertThat(drawn[2]).contains("Tillkeeper went away", "Everything is delivered.");
  }

  private static JsonNode status(String link, int pending) throws IOException {
    return LocalApi.JSON.readTree(STATUS.formatted(link, pending));
  }

  private Session session(boolean terminal, boolean json) {
    var stream = new PrintStream(output, true, StandardCharsets.UTF_8);
    return new Session(
        new Output(stream, stream, terminal, false),
        json,
        null,
        null,
        Map.of("TILLKEEPER_CONFIG", ""),
        InstantSource.fixed(Instant.parse("2026-03-01T09:00:00Z")));
  }
}
