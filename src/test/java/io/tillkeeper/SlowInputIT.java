package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who says nothing, or stops in the middle, holds what he has got for a while only, and who listens
 * to the feed is none of them. There is an end to connections, too.
 */
class SlowInputIT {

  /** In place of two minutes and ten seconds, which nobody waits for here. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "QUARKUS_HTTP_IDLE_TIMEOUT", "10S",
          "QUARKUS_HTTP_READ_TIMEOUT", "5S",
          // who listens has so long to answer a ping, on a machine that is busy with something
          // else, too
          "TILLKEEPER_FEED_HEARTBEAT", "4s");

  /** How far each of them gets. */
  private static final List<String> BEGUN =
      List.of(
          "",
          "POST /api/v1/cust",
          "POST /api/v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: appl",
          "POST /api/v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"values\":",
          "POST /api/v1/customers HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n{\"values\"");

  private static final Duration COMES_BACK = Duration.ofSeconds(30);
  private static final int MOST_CONNECTIONS = 512;
  private static final int TOO_MANY = 32;

  @TempDir Path storage;
  private Daemon daemon;
  private DaemonWatch watch;

  private void start(Map<String, String> settings) {
    var environment = Daemon.alone(storage);
    environment.putAll(settings);
    daemon = Daemon.start(environment);
    watch = new DaemonWatch(daemon);
  }

  @AfterEach
  void stop() {
    daemon.close();
  }

  @Test
  void whoStopsIsCutOffAndWhoListensIsNot() throws IOException {
    start(IMPATIENT);
    var open = new ArrayList<RawConnection>();
    try (var listener = FeedListener.ofSocket(daemon.url())) {
      for (var begun : BEGUN) {
        var connection = RawConnection.to(daemon.url());
        open.add(connection);
        connection.send(begun.getBytes(StandardCharsets.US_ASCII));
      }
      for (var connection : open) {
        for (var answer : connection.read(1, true, DaemonWatch.HANGS).all()) {
          watch.answered(answer, false);
        }
        assertThat(connection.endsWithin(DaemonWatch.HANGS)).isTrue();
      }
      var id = daemon.create(Map.of("values", Map.of("name", "Ana"))).at("/operation/id").asLong();
      watch.acceptedToo(id);
      listener.await("operation", news -> news.get("id").asLong() == id);
    } finally {
      close(open);
    }
    watch.assertAsBefore();
  }

  private static void close(List<RawConnection> open) throws IOException {
    for (var connection : open) {
      connection.close();
    }
  }

  @Test
  void whoComesWhenThereAreTooManyConnectionsIsSentAway() throws IOException {
    start(Map.of());
    var open = new ArrayList<RawConnection>();
    try {
      for (var i = 0; i < MOST_CONNECTIONS + TOO_MANY; i++) {
        open.add(RawConnection.to(daemon.url()));
      }
      // which of them it is who came too late, the daemon's threads settle among themselves
      Await.until(
          DaemonWatch.HANGS,
          () -> {
            open.removeIf(SlowInputIT::hasBeenSentAway);
            return open.size() <= MOST_CONNECTIONS;
          },
          () -> open.size() + " connections are open");
      // the connections of the client that waited for the start are among the most there may be
      assertThat(open).hasSizeGreaterThan(MOST_CONNECTIONS - TOO_MANY);
      open.getFirst()
          .send(
              "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(open.getFirst().read(1, true, DaemonWatch.HANGS).all())
          .extracting(RawConnection.Answer::status)
          .containsExactly(200);
    } finally {
      close(open);
    }
    Await.until(COMES_BACK, this::answers, () -> "the daemon answers again");
    watch.assertAsBefore();
  }

  private static boolean hasBeenSentAway(RawConnection connection) {
    try {
      var ended = connection.endsWithin(Duration.ofMillis(1));
      if (ended) {
        connection.close();
      }
      return ended;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean answers() {
    try {
      return daemon.call("GET", "/q/health/live", null, null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }
}
