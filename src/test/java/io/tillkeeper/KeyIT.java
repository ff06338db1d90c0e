package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import io.tillkeeper.simulator.SimulatorOptions.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API key as the one who looks after the boxes meets it. */
class KeyIT {

  private static final int OK = 0;
  private static final int NOT_WELL = 1;
  private static final int EX_TEMPFAIL = 75;
  private static final int EX_NOPERM = 77;
  private static final int EX_CONFIG = 78;
  private static final Instant SOON =
      Instant.now().plus(Duration.ofDays(5)).truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path storage;

  private static Simulator odoo(boolean programmatic) {
    return Simulator.start(SimulatorOptions.odoo("19.0").withKeys(new Keys(SOON, programmatic)));
  }

  private Map<String, String> withKeyFile(Simulator odoo, Path file) throws IOException {
    Files.writeString(file, odoo.apiKey() + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    var environment = Daemon.deliveringTo(odoo, storage.resolve("state"));
    environment.remove("TILLKEEPER_ODOO_API_KEY");
    environment.put("TILLKEEPER_ODOO_API_KEY_FILE", file.toString());
    return environment;
  }

  @Test
  void aKeyThatEndsSoonIsRenewedAndTheDaemonGoesOnWithIt() throws IOException {
    var file = storage.resolve("key");
    try (var odoo = odoo(true)) {
      var environment = withKeyFile(odoo, file);
      environment.put("TILLKEEPER_SYNC_PROBE_INTERVAL", "1s");
      try (var daemon = Daemon.start(environment)) {
        daemon.create(Map.of("values", Map.of("name", "Ana")));
        daemon.awaitAllDelivered(Duration.ofSeconds(30));
        var url = daemon.url().toString();

        awaitEnd(daemon, SOON);
        var before = CommandRun.of(environment, "key", "--json");
        assertThat(before.exitCode()).as("%s", before).isEqualTo(NOT_WELL);
        assertThat(before.json().path("kept").asText()).isEqualTo("file");
        assertThat(before.json().path("endsAt").asText()).isEqualTo(SOON.toString());

        var renewed = CommandRun.of(environment, "key", "rotate", "--url", url);
        assertThat(renewed.exitCode()).as("%s", renewed).isEqualTo(OK);
        assertThat(renewed.lines()).contains("The daemon uses it.");
        assertThat(renewed.errors()).isEmpty();
        var key = Files.readString(file).strip();
        assertThat(key).isNotEqualTo(odoo.apiKey());
        assertThat(odoo.keyNames()).hasSize(1).doesNotContain("Till");

        assertThat(CommandRun.of(environment, "key").lines())
            .contains("It is kept in %s (tillkeeper.odoo.api-key-file).".formatted(file))
            .anyMatch(line -> line.matches("It ends on .*, in (89|90) days\\."));
        awaitEnd(daemon, Instant.parse(keyEnd(environment)));
        daemon.create(Map.of("values", Map.of("name", "Bea")));
        daemon.awaitAllDelivered(Duration.ofSeconds(30));
        assertThat(odoo.partners()).hasSize(2);
        assertThat(renewed.output() + daemon.allOutput()).doesNotContain(key, odoo.apiKey());
      }
    }
  }

  private static String keyEnd(Map<String, String> environment) {
    return CommandRun.of(environment, "key", "--json").json().path("endsAt").asText();
  }

  private static void awaitEnd(Daemon daemon, Instant end) {
    Await.until(
        Duration.ofSeconds(30),
        () -> daemon.status().at("/odoo/keyExpiresAt").asText().equals(end.toString()),
        () -> "the end of the key is known: " + daemon.status());
  }

  @Test
  void aCredentialIsRenewedForTheNextStart() throws IOException {
    try (var odoo = odoo(true)) {
      var environment = withKeyFile(odoo, storage.resolve("odoo-api-key"));
      environment.remove("TILLKEEPER_ODOO_API_KEY_FILE");
      environment.put("CREDENTIALS_DIRECTORY", storage.toString());

      var renewed = CommandRun.of(environment, "key", "rotate", "--days", "30", "--json");

      assertThat(renewed.exitCode()).as("%s", renewed).isEqualTo(OK);
      assertThat(renewed.json().path("kept").asText()).isEqualTo("credential");
      assertThat(renewed.json().path("oldKeyRevoked").asBoolean()).isTrue();
      assertThat(renewed.json().path("next").asText()).contains("systemctl restart tillkeeper");
    }
  }

  @Test
  void whatIsRefusedIsSaidWithWhatToDo() throws IOException {
    var file = storage.resolve("key");
    try (var odoo = odoo(false)) {
      var environment = withKeyFile(odoo, file);

      var refused = CommandRun.of(environment, "key", "rotate");
      assertThat(refused.exitCode()).isEqualTo(EX_NOPERM);
      assertThat(refused.errors())
          .contains("Programmatic API keys are not enabled", "base.enable_programmatic_api_keys");
      assertThat(Files.readString(file).strip()).isEqualTo(odoo.apiKey());

      odoo.upgrade("18.0");
      assertThat(CommandRun.of(environment, "key", "rotate").exitCode()).isEqualTo(EX_NOPERM);
      odoo.upgrade("19.0");

      Files.delete(file);
      Files.createDirectory(file);
      assertThat(CommandRun.of(environment, "key", "rotate").exitCode()).isEqualTo(EX_CONFIG);

      environment.remove("TILLKEEPER_ODOO_API_KEY_FILE");
      environment.put("TILLKEEPER_ODOO_API_KEY", odoo.apiKey());
      var inConfiguration = CommandRun.of(environment, "key", "rotate");
      assertThat(inConfiguration.exitCode()).isEqualTo(EX_CONFIG);
      assertThat(inConfiguration.errors()).contains("set tillkeeper.odoo.api-key-file instead");
      assertThat(odoo.keyNames()).containsExactly("Till");

      environment.put("TILLKEEPER_ODOO_API_KEY", "another");
      assertThat(CommandRun.of(environment, "key").exitCode()).isEqualTo(EX_TEMPFAIL);
    }
  }
}
