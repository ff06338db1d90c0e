package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The product as it is installed: who has no token gets nothing, over restarts too. */
@Execution(ExecutionMode.CONCURRENT)
class AccessIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String STATUS = "/api/v1/status";

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path storage;

  private Map<String, String> environment() {
    var environment = Daemon.alone(storage);
    environment.remove("TILLKEEPER_ACCESS_PROTECTION");
    return environment;
  }

  private CommandRun tillkeeper(Daemon daemon, String... arguments) {
    var given = new ArrayList<>(List.of(arguments));
    given.addAll(List.of("--url", daemon.url().toString()));
    return CommandRun.of(environment(), given.toArray(String[]::new));
  }

  private String pairedProgram(Daemon daemon) {
    var run = tillkeeper(daemon, "pair", "--program", "--name", "Watch");
    assertThat(run.exitCode()).as(run.errors()).isZero();
    return run.output().strip();
  }

  private int status(Daemon daemon, String token) throws IOException {
    var request =
        HttpRequest.newBuilder(daemon.url().resolve(STATUS))
            .header("Authorization", "Bearer " + token)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Test
  void whatIsPairedStaysPairedOverAKillAndWhatIsRevokedStaysRevoked() throws IOException {
    String kept;
    String revoked;
    String ofTheCommandLine;
    try (var daemon = Daemon.start(environment())) {
      assertThat(daemon.call("GET", STATUS, null, null).statusCode()).isEqualTo(401);
      assertThat(daemon.allOutput()).noneMatch(line -> line.contains("without a token"));
      kept = pairedProgram(daemon);
      revoked = pairedProgram(daemon);
      assertThat(status(daemon, kept)).isEqualTo(200);
      var id = tillkeeper(daemon, "tokens", "--json").json().at("/tokens/1/id").asText();
      assertThat(tillkeeper(daemon, "tokens", "revoke", id).exitCode()).isZero();
      assertThat(status(daemon, revoked)).isEqualTo(401);
      ofTheCommandLine = Files.readString(storage.resolve("command-line-token")).strip();
      daemon.kill9();
    }

    try (var daemon = Daemon.start(environment())) {
      assertThat(status(daemon, kept)).isEqualTo(200);
      assertThat(status(daemon, revoked)).isEqualTo(401);
      assertThat(status(daemon, ofTheCommandLine)).isEqualTo(401);
      assertThat(tillkeeper(daemon, "tokens").lines()).hasSize(1);
      assertThat(tillkeeper(daemon, "audit", "--json").json().findValuesAsText("action"))
          .containsExactly("pair", "pair", "unpair");
      daemon.stop(LIMIT);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(access())))
        .isEqualTo("rw-------");
    assertThat(Files.readString(access())).contains("lastUsedAt\":\"").doesNotContain(kept);
  }

  /**
   * In the log at the level that tells most, in what watches the box, and in what goes to who
   * helps.
   */
  @Test
  void aTokenIsShownWhereItIsGivenAndNowhereElse() throws IOException {
    var environment = environment();
    environment.put("QUARKUS_LOG_LEVEL", "TRACE");
    environment.put("QUARKUS_LOG_CATEGORY__IO_TILLKEEPER__LEVEL", "TRACE");
    var bundle = storage.resolve("bundle.zip");
    try (var daemon = Daemon.start(environment)) {
      var token = pairedProgram(daemon);
      var ofTheCommandLine = Files.readString(storage.resolve("command-line-token")).strip();
      assertThat(status(daemon, token)).isEqualTo(200);
      assertThat(status(daemon, token + "x")).isEqualTo(401);
      assertThat(tillkeeper(daemon, "tokens", "--json").output()).doesNotContain(token);
      assertThat(tillkeeper(daemon, "audit", "--json").output()).doesNotContain(token);
      assertThat(tillkeeper(daemon, "support-bundle", "--into", bundle.toString()).exitCode())
          .isZero();
      assertThat(unpacked(bundle)).contains("tillkeeper").doesNotContain(token, ofTheCommandLine);
      assertThat(daemon.allOutput())
          .allSatisfy(line -> assertThat(line).doesNotContain(token, ofTheCommandLine));
    }
  }

  private static String unpacked(Path archive) throws IOException {
    var text = new StringBuilder();
    try (var zip = new ZipInputStream(Files.newInputStream(archive))) {
      while (zip.getNextEntry() != null) {
        text.append(new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private Path access() {
    return storage.resolve("access.json");
  }

  @Test
  void whatWasPairedAndCannotBeReadIsKeptAsideAndTheTillGoesOn() throws IOException {
    Files.createDirectories(storage);
    Files.writeString(access(), "[{\"id\": ");
    var environment = environment();
    environment.put("TILLKEEPER_API_ORIGINS", "https://shop.example");

    try (var daemon = Daemon.start(environment)) {
      assertThat(daemon.allOutput())
          .anyMatch(line -> line.contains("tillkeeper.api.origins lets no page in"))
          .anyMatch(line -> line.contains("every page and program must be paired anew"));
      assertThat(storage.resolve("access.json.damaged")).hasContent("[{\"id\": ");
      assertThat(status(daemon, pairedProgram(daemon))).isEqualTo(200);
    }
  }

  /** Not by accident: the word has to be written, and each start says it. */
  @Test
  void withoutProtectionItSaysSoAtEachStart() throws IOException {
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      assertThat(daemon.call("GET", STATUS, null, null).statusCode()).isEqualTo(200);
      assertThat(daemon.allOutput()).anyMatch(line -> line.contains("without a token"));
    }
    var wrong = Daemon.alone(storage);
    wrong.put("TILLKEEPER_ACCESS_PROTECTION", "none");

    var check = CommandRun.of(wrong, "config", "check");

    assertThat(check.exitCode()).isEqualTo(78);
    assertThat(check.errors()).contains("tillkeeper.access.protection");
  }

  @Test
  void whoMayNotReadTheTokenIsToldWhoMay() throws IOException {
    try (var daemon = Daemon.start(environment())) {
      var elsewhere = environment();
      elsewhere.put("TILLKEEPER_STORAGE_DIRECTORY", storage.resolve("elsewhere").toString());

      var run = CommandRun.of(elsewhere, "status", "--url", daemon.url().toString());

      assertThat(run.exitCode()).isEqualTo(77);
      assertThat(run.errors()).contains("tillkeeper.storage.directory");
    }
  }
}
