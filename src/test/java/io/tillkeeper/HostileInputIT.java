package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.RawConnection.Answers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a page or a program on the till sends, each request is answered in time with what the
 * API promises, nothing of it gets into the log, only what was answered with a receipt is accepted,
 * and the daemon is afterwards as it was. {@link Fuzz} says how to make it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileInputIT {

  /** A request that is none may be waited for; so long it is, before it is given up. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private static final Duration COMES_BACK = Duration.ofSeconds(30);
  private static final int REQUESTS = 1_500;
  private static final int BYTES = 700;
  private static final int LISTENERS = 700;
  private static final int MANY = 300;
  private static final long GROWTH_IN_KB = 32 * 1024;

  private Daemon daemon;
  private DaemonWatch watch;

  @BeforeAll
  void start(@TempDir Path storage) {
    var environment = Daemon.alone(storage);
    // who has gone away without a word is found out soon, and who is only slow on a busy machine is
    // not
    environment.put("TILLKEEPER_FEED_HEARTBEAT", "5s");
    // as much as the native binary may take
    environment.put("JAVA_TOOL_OPTIONS", "-Xmx128m");
    daemon = Daemon.start(environment);
    watch = new DaemonWatch(daemon);
  }

  @AfterAll
  void stop() {
    daemon.close();
  }

  private String host() {
    return daemon.url().getAuthority();
  }

  @Test
  void eachRequestIsAnsweredAsTheDescriptionSays() throws IOException {
    var maker = new HostileRequest.Maker(daemon.json(200, "GET", "/q/openapi?format=json", null));

    Fuzz.run("HostileInputIT.requests", REQUESTS, 30, random -> request(maker, random));

    watch.assertAsBefore();
  }

  private void request(HostileRequest.Maker maker, Random random) throws IOException {
    var answers = watch.answersTo(maker.make(random, host(), List.of()));
    if (answers.stream().anyMatch(answer -> answer.body().contains("\"mode\""))) {
      daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "auto"));
    }
  }

  @Test
  void whatIsNoRequestIsRefusedAndNothingIsSmuggledInIt() throws IOException {
    Fuzz.run("HostileInputIT.bytes", BYTES, 15, this::bytes);

    watch.assertAsBefore();
  }

  private void bytes(Random random) throws IOException {
    var bytes = HostileBytes.make(random, host());
    try (var connection = RawConnection.to(daemon.url())) {
      connection.send(bytes);
      for (var answer : connection.read(Integer.MAX_VALUE, true, QUIET).all()) {
        assertThat(answer.status()).isNotEqualTo(101);
        watch.answered(answer, false);
      }
    } catch (AssertionError | RuntimeException fault) {
      throw DaemonWatch.again(bytes, fault);
    }
  }

  @Test
  void whoListensInAnOddWayIsToldSoAndIsForgotten() throws IOException {
    var before = watch.descriptors();

    Fuzz.run("HostileInputIT.listeners", LISTENERS, 15, this::listener);

    Await.until(
        COMES_BACK,
        () -> watch.descriptors() <= before + 2 && watch.listeners() == 0,
        () ->
            "%d descriptors, %d before; %d listen"
                .formatted(watch.descriptors(), before, watch.listeners()));
    watch.assertAsBefore();
  }

  private void listener(Random random) throws IOException {
    var listener = new HostileListener(random);
    var request = listener.request(host(), random.nextInt(4) > 0, List.of());
    var said = listener.said();
    try (var connection = RawConnection.to(daemon.url())) {
      connection.send(request);
      var answers = connection.read(1, true, DaemonWatch.HANGS);
      assertThat(answers.all()).as("an answer").hasSize(1);
      var answer = answers.all().getFirst();
      if (answer.status() >= 300) {
        watch.answered(answer, false);
      } else {
        connection.send(said);
      }
      if (random.nextInt(3) == 0) {
        connection.reset();
      }
    } catch (AssertionError | RuntimeException fault) {
      throw DaemonWatch.again(
          request, new AssertionError(fault + " and then: " + DaemonWatch.replayable(said), fault));
    }
  }

  @Test
  void aFrameThatIsNoneEndsItsOwnConnectionOnly() throws IOException {
    try (var good = FeedListener.ofSocket(daemon.url())) {
      for (var bad :
          List.of(
              new byte[] {(byte) 0x81, 2, 'h', 'i'},
              new byte[] {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, (byte) 0xff},
              new byte[] {(byte) 0x81, (byte) 0xff, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0})) {
        try (var connection = RawConnection.to(daemon.url())) {
          connection.send(
              "GET /api/v1/feed HTTP/1.1\r\nHost: %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
                  .formatted(host())
                  .getBytes(StandardCharsets.US_ASCII));
          assertThat(connection.read(1, true, DaemonWatch.HANGS).all()).hasSize(1);
          connection.send(bad);
          assertThat(connection.endsWithin(DaemonWatch.HANGS))
              .as(DaemonWatch.replayable(bad))
              .isTrue();
        }
      }
      var id = daemon.create(Map.of("values", Map.of("name", "Ana"))).at("/operation/id").asLong();
      watch.acceptedToo(id);
      good.await("operation", news -> news.get("id").asLong() == id);
    }
    watch.assertAsBefore();
  }

  @Test
  void connectionsThatSayLittleOrNothingCostNothingWhenTheyAreGone() throws IOException {
    hold(MANY);
    var descriptors = watch.descriptors();
    var memory = watch.resident();

    hold(MANY);

    Await.until(
        COMES_BACK,
        () -> watch.descriptors() <= descriptors,
        () -> "%d descriptors, %d before".formatted(watch.descriptors(), descriptors));
    assertThat(watch.resident()).isLessThan(memory + GROWTH_IN_KB);
    watch.assertAsBefore();
  }

  /**
   * Opens so many connections, of which each has got to another point of a request, and ends them.
   */
  private void hold(int many) throws IOException {
    var before = watch.descriptors();
    var request =
        "POST /api/v1/customers HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\nContent-Length: 900000\r\n\r\n{\"values\":"
            .formatted(host())
            .getBytes(StandardCharsets.US_ASCII);
    var held = new ArrayList<RawConnection>();
    for (var i = 0; i < many; i++) {
      var connection = RawConnection.to(daemon.url());
      connection.send(java.util.Arrays.copyOf(request, i * request.length / many));
      held.add(connection);
    }
    for (var round = 0; round < 5; round++) {
      // those in whose body we are go on slowly
      held.stream().skip(many * 9L / 10).forEach(connection -> connection.send(new byte[] {' '}));
    }
    for (var i = 0; i < many; i++) {
      if (i % 2 == 0) {
        held.get(i).reset();
      } else {
        held.get(i).close();
      }
    }
    Await.until(
        COMES_BACK,
        () -> watch.descriptors() <= before + 2,
        () -> "%d descriptors, %d before".formatted(watch.descriptors(), before));
  }

  @Test
  void aRequestThatBreaksOffIsNoFaultOfTheDaemons() throws IOException {
    var head =
        "POST /api/v1/customers HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"
            .formatted(host());
    for (var rest :
        List.of(
            "Content-Length: 900\r\n\r\n{\"values\":",
            "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")) {
      try (var connection = RawConnection.to(daemon.url())) {
        connection.send((head + rest).getBytes(StandardCharsets.US_ASCII));
        connection.read(1, true, Duration.ofMillis(300));
      }
    }
    watch.assertAsBefore();
  }

  @Test
  void whoIsCalledByNoNameSaysNothingInTheLog() throws IOException {
    try (var connection = RawConnection.to(daemon.url())) {
      var head = "GET /%s HTTP/1.1\r\nHost: localhost:99999999\r\n\r\n";
      connection.send(head.formatted(HostileJson.CANARY).getBytes(StandardCharsets.US_ASCII));
      var answers = connection.read(1, true, DaemonWatch.HANGS);
      assertThat(answers.all()).hasSize(1);
      watch.answered(answers.all().getFirst(), true);
    }
    watch.assertAsBefore();
  }

  @Test
  void requestsThatDoNotWaitForAnswersAreAnsweredInTheirOrder() throws IOException {
    var one = "GET /api/v1/operations/%d HTTP/1.1\r\nHost: %s\r\n\r\n";
    var all = new StringBuilder();
    for (var i = 1; i <= 50; i++) {
      all.append(one.formatted(i % 2 == 0 ? 0 : i + 1_000_000, host()));
    }
    try (var connection = RawConnection.to(daemon.url())) {
      connection.send(all.toString().getBytes(StandardCharsets.US_ASCII));
      Answers answers = connection.read(50, true, DaemonWatch.HANGS);
      assertThat(answers.all()).hasSize(50);
      for (var i = 1; i <= 50; i++) {
        assertThat(answers.all().get(i - 1).status()).isEqualTo(i % 2 == 0 ? 400 : 404);
      }
    }
    watch.assertAsBefore();
  }
}
