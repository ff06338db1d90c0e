package io.tillkeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is more than it may be, or would be once it is unpacked: it is refused, or ends its own
 * connection, takes no memory, and is no matter to anybody else.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OversizedInputIT {

  /** Twice what the daemon has memory for. */
  private static final int MEBIBYTES = 256;

  private static final int MEBIBYTE = 1 << 20;
  private static final int TIMES = 30;
  private static final long GROWTH_IN_KB = 32 * 1024;

  /** Of a frame, and of a message. */
  private static final int LARGEST = 4_096;

  /** With a word or without, as far as the daemon has got when it is too much. */
  private static final Set<Integer> ENDED = Set.of(1002, 1009, 1011, RawFeed.BROKEN);

  private Daemon daemon;
  private DaemonWatch watch;
  private byte[] bomb;

  @BeforeAll
  void start(@TempDir Path storage) {
    bomb = Packed.json(MEBIBYTES, "{\"values\": {\"name\": \"Mallory\"}}");
    var environment = Daemon.alone(storage);
    // as much as the native binary may take
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx128m");
    daemon = Daemon.start(environment);
    watch = new DaemonWatch(daemon);
  }

  @AfterAll
  void stop() {
    daemon.close();
  }

  private int status(String header) throws IOException {
    try (var connection = RawConnection.to(daemon.url())) {
      connection.send(
          "POST /api/v1/customers HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n%s\r\nContent-Length: %d\r\n\r\n"
              .formatted(daemon.url().getAuthority(), header, bomb.length)
              .getBytes(US_ASCII));
      connection.send(bomb);
      var answers = connection.read(1, true, DaemonWatch.HANGS).all();
      assertThat(answers).hasSize(1);
      watch.answered(answers.getFirst(), true);
      return answers.getFirst().status();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Encoding: gzip",
        "content-encoding: GZIP",
        "Content-Encoding: x-gzip",
        "Content-Encoding: identity, gzip",
        "Content-Encoding: deflate",
        "Content-Encoding: br"
      })
  void aBodyThatIsPackedIsRefusedAndNotUnpacked(String header) throws IOException {
    assertThat(status(header)).isEqualTo(415);
    var memory = watch.resident();

    for (var i = 0; i < TIMES; i++) {
      assertThat(status(header)).isEqualTo(415);
    }

    assertThat(watch.resident()).isLessThan(memory + GROWTH_IN_KB);
    watch.assertAsBefore();
  }

  /** What is not said to be packed is no JSON. */
  @ParameterizedTest
  @ValueSource(strings = {"Content-Encoding: identity", "X-Content-Encoding: gzip"})
  void aBodyThatDoesNotSayThatItIsPackedIsNoJson(String header) throws IOException {
    assertThat(status(header)).isEqualTo(400);

    watch.assertAsBefore();
  }

  @Test
  void aMessageMayBeAsLargeAsItMayBe() throws IOException {
    try (var feed = RawFeed.open(daemon.url())) {
      feed.say(RawFeed.TEXT, new byte[LARGEST]);
      feed.await("problem");
      feed.say(RawFeed.BEGIN_OF_TEXT, new byte[LARGEST / 2]);
      feed.say(RawFeed.END, new byte[LARGEST / 2]);
      feed.await("problem");
    }
  }

  @Test
  void aFrameThatIsALittleTooLargeEndsItsOwnConnectionOnly() throws IOException {
    try (var other = FeedListener.ofSocket(daemon.url());
        var feed = RawFeed.open(daemon.url())) {
      feed.say(RawFeed.TEXT, new byte[LARGEST + 1]);

      assertThat(feed.endedWith()).isIn(ENDED);
      assertHears(other);
    }
    watch.assertAsBefore();
  }

  @Test
  void framesThatAreTooLargeTogetherEndTheirOwnConnectionOnly() throws IOException {
    try (var other = FeedListener.ofSocket(daemon.url());
        var feed = RawFeed.open(daemon.url())) {
      feed.say(RawFeed.BEGIN_OF_TEXT, new byte[LARGEST - 1]);
      feed.say(RawFeed.MIDDLE, new byte[1]);
      feed.say(RawFeed.MIDDLE, new byte[1]);

      assertThat(feed.endedWith()).isIn(ENDED);
      assertHears(other);
    }
    watch.assertAsBefore();
  }

  /** A message that never ends is not kept until it does. */
  @Test
  void framesWithoutEndTakeNoMemory() throws IOException {
    var memory = watch.resident();
    try (var feed = RawFeed.open(daemon.url())) {
      feed.say(RawFeed.BEGIN_OF_TEXT, new byte[LARGEST]);
      var middle = new ByteArrayOutputStream();
      for (var i = 0; i < MEBIBYTE / LARGEST; i++) {
        middle.writeBytes(HostileListener.frame(RawFeed.MIDDLE, new byte[LARGEST], true));
      }
      for (var i = 0; i < MEBIBYTES / 4; i++) {
        feed.say(middle.toByteArray());
      }
      assertThat(feed.endedWith()).isIn(ENDED);
    }
    assertThat(watch.resident()).isLessThan(memory + GROWTH_IN_KB);
    watch.assertAsBefore();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-deflate",
        "permessage-deflate; client_max_window_bits; server_no_context_takeover",
        "x-webkit-deflate-frame",
        "deflate-frame",
        "permessage-deflate, x-webkit-deflate-frame, deflate-frame"
      })
  void nobodyTalksToTheFeedInPackedFrames(String offered) throws IOException {
    try (var other = FeedListener.ofSocket(daemon.url());
        var feed = RawFeed.open(daemon.url(), "Sec-WebSocket-Extensions: " + offered)) {
      assertThat(feed.opened().header("sec-websocket-extensions")).isEmpty();

      feed.say(RawFeed.PACKED_TEXT, deflated(new byte[MEBIBYTE]));

      assertThat(feed.endedWith()).isIn(ENDED);
      assertHears(other);
    }
    watch.assertAsBefore();
  }

  /** As a WebSocket would have it, in one frame that may be. */
  private static byte[] deflated(byte[] large) throws IOException {
    var packed = new ByteArrayOutputStream();
    var deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    try (var out = new DeflaterOutputStream(packed, deflater)) {
      out.write(large);
    } finally {
      deflater.end();
    }
    assertThat(packed.size()).isLessThan(LARGEST);
    return packed.toByteArray();
  }

  private void assertHears(FeedListener listener) {
    var id = daemon.create(Map.of("values", Map.of("name", "Ana"))).at("/operation/id").asLong();
    watch.acceptedToo(id);
    listener.await("operation", news -> news.get("id").asLong() == id);
  }
}
