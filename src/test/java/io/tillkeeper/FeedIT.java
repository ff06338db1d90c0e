package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.feed.FeedClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed of the product as a process of its own: what its end and its next start mean to it. */
class FeedIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int NORMAL_CLOSURE = 1000;

  @TempDir Path storage;

  /** What a listener was told of its place is on the disk before it is told. */
  @Test
  void afterAKillTheNextStartGoesOnAboveTheIdsOfTheLast() {
    long last;
    try (var daemon = Daemon.start(Daemon.alone(storage));
        var client = FeedClient.open(daemon.url(), "")) {
      client.first();
      last = client.lastId();
      daemon.kill9();
    }
    assertGoesOnAbove(last);
  }

  @Test
  void aStopClosesItAndTheNextStartGoesOnAboveTheIdsOfTheLast() {
    long last;
    try (var daemon = Daemon.start(Daemon.alone(storage));
        var client = FeedClient.open(daemon.url(), "")) {
      client.first();
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      client.awaitCount(3);
      last = client.lastId();

      assertThat(daemon.stop(LIMIT)).isIn(0, 143);
      assertThat(client.awaitClose()).isEqualTo(NORMAL_CLOSURE);
    }
    assertGoesOnAbove(last);
  }

  private void assertGoesOnAbove(long last) {
    try (var daemon = Daemon.start(Daemon.alone(storage));
        var client = FeedClient.open(daemon.url(), "?after=" + last)) {
      client.awaitCount(2);
      assertThat(client.heard())
          .extracting(event -> event.path("type").asText())
          .startsWith("status", "reset");
      assertThat(client.heard()).allMatch(event -> event.path("id").asLong() > last);
    }
  }
}
