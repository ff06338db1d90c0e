package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Another version's database. */
@Execution(ExecutionMode.CONCURRENT)
class UpgradeIT {

  private static final int EX_CONFIG = 78;

  @TempDir Path storage;

  /** A database as the first form of it was, with four operations in three states. */
  private void keptFromTheFirstForm() throws IOException {
    try (var kept = UpgradeIT.class.getResourceAsStream("/upgrades/form-1.zip")) {
      unzip(kept, storage);
    }
  }

  private static void unzip(InputStream from, Path to) throws IOException {
    try (var zip = new ZipInputStream(from)) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, to.resolve(entry.getName()));
      }
    }
  }

  private static List<String> states(Daemon daemon) {
    return daemon.operations().stream()
        .map(operation -> operation.get("id") + " " + operation.get("state").asText())
        .toList();
  }

  @Test
  void anOlderDatabaseIsBroughtToThisFormAfterABackupAndLosesNothing() throws IOException {
    keptFromTheFirstForm();
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
      assertThat(states(daemon)).containsExactly("1 delivered", "2 held", "3 pending", "4 pending");
      assertThat(daemon.status().get("mode").asText()).isEqualTo("offline");
      assertThat(onlyBackup()).isNotEmptyFile();

      daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "auto"));
      Await.until(
          Duration.ofSeconds(30),
          () -> states(daemon).contains("3 delivered"),
          () -> "what was pending is delivered: " + daemon.allOutput());
      assertThat(odoo.partners())
          .extracting(partner -> partner.name())
          .contains("Pending Customer");
    }
  }

  private Path onlyBackup() throws IOException {
    var all = backupsOfUpgrades();
    assertThat(all).singleElement().asString().contains("queue-form-1-");
    return all.getFirst();
  }

  /** Besides those that are made at each stop. */
  private List<Path> backupsOfUpgrades() throws IOException {
    try (var files = Files.list(storage.resolve("backups"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("queue-")).toList();
    }
  }

  @Test
  void aBackupFromBeforeTheUpgradeIsADatabaseAgain() throws IOException {
    keptFromTheFirstForm();
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      daemon.create(Map.of("values", Map.of("name", "After the upgrade")));
      daemon.stop(Duration.ofSeconds(10));
    }
    var restored = Files.createDirectory(storage.resolve("restored"));
    unzip(Files.newInputStream(onlyBackup()), restored);
    // by which what was plain before is encrypted now
    Files.copy(storage.resolve("storage-key"), restored.resolve("storage-key"));

    try (var daemon = Daemon.start(Daemon.alone(restored))) {
      assertThat(daemon.operations())
          .extracting((JsonNode operation) -> operation.get("id").asInt())
          .containsExactly(1, 2, 3, 4);
    }
  }

  @Test
  void aNewerDatabaseIsRefusedAndLeftAlone() throws SQLException, IOException {
    var plain = Daemon.alone(storage);
    plain.put("TILLKEEPER_STORAGE_ENCRYPTED", "false");
    try (var daemon = Daemon.start(plain)) {
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      daemon.stop(Duration.ofSeconds(10));
    }
    usedByANewerVersion();

    try (var older = Daemon.launch(plain, List.of())) {
      assertThat(older.awaitEnd(Duration.ofSeconds(60))).isEqualTo(EX_CONFIG);
      assertThat(older.errors())
          .singleElement()
          .asString()
          .startsWith("The queue in " + storage + " was last used by a newer version");
    }
    assertThat(backupsOfUpgrades()).isEmpty();
  }

  private void usedByANewerVersion() throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:h2:" + storage.resolve("queue"), "tillkeeper", "");
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into "flyway_schema_history"
            ("installed_rank", "version", "description", "type", "script", "checksum", "installed_by",
             "execution_time", "success")
          values (1000, '1000', 'later', 'SQL', 'V1000__later.sql', 1, 'tillkeeper', 1, true)
          """);
    }
  }
}
