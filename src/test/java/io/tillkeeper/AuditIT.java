package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What people decided, when the database is replaced by an older one, or is tampered with. */
@Execution(ExecutionMode.CONCURRENT)
class AuditIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String MARK = "restored";

  @TempDir Path storage;

  private Map<String, String> environment() {
    var environment = Daemon.alone(storage);
    environment.put("TILLKEEPER_STORAGE_ENCRYPTED", "false");
    return environment;
  }

  private Path head() {
    return storage.resolve("audit-head.json");
  }

  private static void decide(Daemon daemon, String by) {
    for (var mode : List.of("offline", "auto")) {
      daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", mode, "by", by));
    }
  }

  private static JsonNode verification(Daemon daemon) {
    return daemon.json(200, "GET", "/api/v1/audit/verification", null);
  }

  private static List<JsonNode> entries(Daemon daemon) {
    var page = daemon.json(200, "GET", "/api/v1/audit", null).get("entries");
    return StreamSupport.stream(page.spliterator(), false).toList();
  }

  private static List<String> actions(Daemon daemon) {
    return entries(daemon).stream().map(entry -> entry.get("action").asText()).toList();
  }

  @Test
  void aCopyThatTakesThePlaceSaysForEverWhatWasLostWithIt() throws IOException {
    var copy = storage.resolve("copy.zip");
    String lastHash;
    try (var daemon = Daemon.start(environment())) {
      decide(daemon, "Ana");
      var url = daemon.url().toString();
      CommandRun.of(environment(), "backup", "--into", copy.toString(), "--url", url);
      decide(daemon, "Eva");
      lastHash = verification(daemon).get("lastHash").asText();
      daemon.stop(LIMIT);
    }
    assertThat(CommandRun.of(environment(), "restore", copy.toString()).exitCode()).isZero();

    try (var daemon = Daemon.start(environment())) {
      assertThat(actions(daemon)).containsExactly("mode", "mode", "restore");
      var note = entries(daemon).getLast();
      assertThat(note.get("by").asText()).isEqualTo("tillkeeper");
      assertThat(note.get("detail").asText())
          .contains("entries 3 to 4 were in the database before and are not in this one", lastHash);
      assertThat(verification(daemon).get("intact").asBoolean()).isTrue();
    }
  }

  @Test
  void aCrashBeforeTheRestoreIsDoneDoesNotHaveItSaidTwice() throws IOException {
    var copy = storage.resolve("copy.zip");
    try (var daemon = Daemon.start(environment())) {
      decide(daemon, "Ana");
      daemon.stop(LIMIT);
    }
    CommandRun.of(environment(), "backup", "--into", copy.toString());
    assertThat(CommandRun.of(environment(), "restore", copy.toString()).exitCode()).isZero();
    var replacedAt = Files.getLastModifiedTime(storage.resolve(MARK));
    var headBefore = Files.readString(head());

    try (var daemon = Daemon.start(environment())) {
      daemon.kill9();
    }
    Files.setLastModifiedTime(Files.createFile(storage.resolve(MARK)), replacedAt);
    Files.writeString(head(), headBefore);

    try (var daemon = Daemon.start(environment())) {
      assertThat(actions(daemon)).containsExactly("mode", "mode", "restore");
      assertThat(entries(daemon).getLast().get("detail").asText())
          .endsWith("no entry is known to be missing");
      assertThat(verification(daemon).get("intact").asBoolean()).isTrue();
      assertThat(head()).content().isNotEqualTo(headBefore);
    }
  }

  @Test
  void entriesThatSomebodyRemovesAtTheEndShow() throws SQLException, IOException {
    try (var daemon = Daemon.start(environment())) {
      decide(daemon, "Ana");
      decide(daemon, "Eva");
      daemon.stop(LIMIT);
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(head())))
        .isEqualTo("rw-------");
    try (var connection =
            DriverManager.getConnection("jdbc:h2:" + storage.resolve("queue"), "tillkeeper", "");
        var statement = connection.createStatement()) {
      statement.execute("delete from audit_entry where decided_by = 'Eva'");
    }

    try (var daemon = Daemon.start(environment())) {
      var url = daemon.url().toString();
      var verify = CommandRun.of(environment(), "audit", "verify", "--url", url);
      assertThat(verify.exitCode()).isEqualTo(1);
      assertThat(verify.output()).contains("Entries 3 to 4, the last ones, are gone.");
    }
  }

  @Test
  void aDamagedFileStopsNothingAndIsMadeAnew() throws IOException {
    try (var daemon = Daemon.start(environment())) {
      decide(daemon, "Ana");
      daemon.stop(LIMIT);
    }
    var whole = Files.readString(head());
    for (var damaged : List.of("{}", whole.replace("\"id\":2", "\"id\":7"))) {
      Files.writeString(head(), damaged);

      try (var daemon = Daemon.start(environment())) {
        assertThat(daemon.output()).anyMatch(line -> line.contains("audit-head.json"));
        assertThat(verification(daemon).get("intact").asBoolean()).isTrue();
        daemon.kill9();
      }
      assertThat(head()).hasContent(whole);
    }
  }
}
