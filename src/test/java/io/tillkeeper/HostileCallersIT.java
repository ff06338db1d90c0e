package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever is sent by who shows no token, one that is none, or a till's: the first two get nothing,
 * and a till what is a till's. {@link Fuzz} says how to make it longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCallersIT {

  private static final int REQUESTS = 900;
  private static final int LISTENERS = 150;

  /** What is answered to everybody: that it lives. */
  private static final Set<String> OPEN = Set.of("GET /q/health/live");

  private static final Set<String> A_TILLS =
      Set.of(
          "GET /api/v1/status",
          "GET /api/v1/feed",
          "GET /api/v1/history",
          "GET /api/v1/customers",
          "GET /api/v1/customers/{ref}",
          "GET /api/v1/operations",
          "GET /api/v1/operations/{id}",
          "POST /api/v1/customers",
          "POST /api/v1/customers/search",
          "PATCH /api/v1/customers/{ref}",
          "POST /api/v1/rpc",
          "GET /q/openapi");

  private final AtomicInteger servedToTheTill = new AtomicInteger();

  private Daemon daemon;
  private DaemonWatch watch;
  private String till;

  @BeforeAll
  void start(@TempDir Path storage) throws IOException {
    var environment = Daemon.alone(storage);
    environment.remove("TILLKEEPER_ACCESS_PROTECTION");
    daemon = Daemon.start(environment);
    daemon.show(Files.readString(storage.resolve("command-line-token")).strip());
    watch = new DaemonWatch(daemon);
    var pair =
        CommandRun.of(environment, "pair", "--program", "--scope=till", "--url=" + daemon.url());
    assertThat(pair.exitCode()).as(pair.errors()).isZero();
    till = pair.output().strip();
  }

  @AfterAll
  void stop() {
    daemon.close();
  }

  @Test
  void whoeverAsksGetsWhatHisTokenIsGoodFor() throws IOException {
    var maker = new HostileRequest.Maker(daemon.json(200, "GET", "/q/openapi?format=json", null));

    Fuzz.run("HostileCallersIT.requests", REQUESTS, 9, random -> request(maker, random));

    assertThat(servedToTheTill).hasPositiveValue();
    assertNothingWasDecided();
  }

  private void request(HostileRequest.Maker maker, Random random) throws IOException {
    var isTill = random.nextInt(3) == 0;
    var shown =
        isTill
            ? List.of("Authorization: Bearer " + till)
            : random.nextBoolean() ? guess(random) : List.<String>of();
    var request = maker.make(random, daemon.url().getAuthority(), shown);
    for (var answer : watch.answersTo(request)) {
      if (answer.status() < 400) {
        assertThat(request.call().replaceFirst("^HEAD", "GET"))
            .as(DaemonWatch.replayable(request.bytes()))
            .isIn(isTill ? A_TILLS : OPEN);
        servedToTheTill.addAndGet(isTill ? 1 : 0);
      }
    }
  }

  /** How somebody shows a token who has none, or puts a good one where it is not looked for. */
  private List<String> guess(Random random) {
    var at = random.nextInt(till.length());
    var changed = new StringBuilder(till);
    changed.setCharAt(at, till.charAt(at) == 'a' ? 'b' : 'a');
    return switch (random.nextInt(16)) {
      case 0 -> List.of("Authorization: Bearer " + till + "x");
      case 1 -> List.of("Authorization: Bearer " + till.substring(1));
      case 2 -> List.of("Authorization: Bearer " + till.toUpperCase(Locale.ROOT));
      case 3 -> List.of("Authorization: Bearer " + till + "," + till);
      case 4 -> List.of("Authorization: Bearer \"" + till + "\"");
      case 5 -> List.of("Authorization: Bearer");
      case 6 -> List.of("Authorization: Bearer null");
      case 7 -> List.of("Authorization: Basic " + base64(":" + till));
      case 8 -> List.of("Authorization: Token " + till);
      case 9 -> List.of("Authorization: " + till);
      case 10 -> List.of("Proxy-Authorization: Bearer " + till);
      case 11 -> List.of("Cookie: Authorization=Bearer " + till + "; token=" + till);
      case 12 -> List.of("Authorization: Bearer " + changed, "Authorization: Bearer " + till);
      case 13 -> List.of("Authorization: Bearer " + till, "Origin: https://shop.example");
      case 14 -> List.of("Authorization: Bearer " + "x".repeat(1 + random.nextInt(6_000)));
      default -> List.of("Authorization: Bearer " + changed);
    };
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void nobodyListensWithoutATokenThatIsGood() throws IOException {
    Fuzz.run("HostileCallersIT.listeners", LISTENERS, 1, this::listener);

    assertNothingWasDecided();
  }

  private void listener(Random random) throws IOException {
    var asPageDoes = random.nextBoolean();
    var shown =
        guess(random).stream()
            .map(
                line ->
                    asPageDoes
                        ? line.replaceFirst(
                            "^Authorization: (Bearer )?",
                            "Sec-WebSocket-Protocol: tillkeeper.v1, tillkeeper.token.!")
                        : line)
            .toList();
    var request =
        new HostileListener(random)
            .request(daemon.url().getAuthority(), random.nextInt(4) > 0, shown);
    try (var connection = RawConnection.to(daemon.url())) {
      connection.send(request);
      var answers = connection.read(1, true, DaemonWatch.HANGS).all();
      assertThat(answers).hasSize(1);
      assertThat(answers.getFirst().status()).isBetween(400, 499);
      watch.answered(answers.getFirst(), false);
    } catch (AssertionError | RuntimeException fault) {
      throw DaemonWatch.again(request, fault);
    }
  }

  /** Who decides is written down, and a till decides nothing. */
  private void assertNothingWasDecided() throws IOException {
    assertThat(daemon.status().get("mode").asText()).isEqualTo("auto");
    assertThat(daemon.json(200, "GET", "/api/v1/audit", null).findValuesAsText("action"))
        .containsExactly("pair");
    assertThat(daemon.json(200, "GET", "/api/v1/tokens", null).get("tokens")).hasSize(1);
    watch.assertReadable();
    watch.assertAcceptedIsWhatWasAnswered();
    watch.assertLogIsClean();
    assertThat(daemon.output()).noneMatch(line -> line.contains(till));
  }
}
