package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A till is replaced before it has delivered what it took, and comes back. */
@Execution(ExecutionMode.CONCURRENT)
class MoveIT {

  private static final int EX_NOINPUT = 66;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CUSTOMERS = 120; // more than a page of the file

  @TempDir Path oldStorage;
  @TempDir Path newStorage;
  @TempDir Path stick;

  private static void mode(Daemon daemon, String mode) {
    daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", mode));
  }

  private static void fill(Daemon daemon) throws IOException {
    mode(daemon, "offline");
    for (var number = 1; number <= CUSTOMERS; number++) {
      var ref = UUID.randomUUID().toString();
      daemon.create(Map.of("ref", ref, "values", Map.of("name", "Anastasia " + number)));
      if (number % 4 == 0) {
        // what of these is in one page of the file is too long for one call
        var comment = Map.of("comment", "x".repeat(90_000));
        daemon.json(202, "PATCH", "/api/v1/customers/" + ref, Map.of("values", comment));
      }
      if (number % 10 == 0) {
        daemon.json(
            202, "PATCH", "/api/v1/customers/" + ref, Map.of("values", Map.of("zip", "36201")));
      }
    }
  }

  private static CommandRun command(String input, Daemon at, String... arguments) {
    var all = new ArrayList<>(List.of("--url", at.url().toString()));
    all.addAll(List.of(arguments));
    return CommandRun.told(input, Map.of(), all.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNewTillDeliversItOnceThoughTheOldOneComesBack(boolean stop) throws IOException {
    var file = stick.resolve("till-1");
    try (var odoo = Simulator.start(SimulatorOptions.odoo("18.0"));
        var old = Daemon.start(Daemon.deliveringTo(odoo, oldStorage));
        var replacement = Daemon.start(Daemon.deliveringTo(odoo, newStorage))) {
      fill(old);
      var export =
          stop
              ? command("", old, "--json", "export", "--seal", file.toString(), "--stop")
              : command("", old, "--json", "export", "--seal", file.toString());
      var written = CUSTOMERS + CUSTOMERS / 10 + CUSTOMERS / 4;
      assertThat(export.json().path("operations").asInt()).isEqualTo(written);
      assertThat(export.json().path("left").asInt()).isEqualTo(stop ? written : 0);
      assertThat(Files.readString(file, StandardCharsets.ISO_8859_1)).doesNotContain("Anastasia");
      var code = export.json().path("code").asText();

      assertThat(command("AAAAA-BBBBB\n", replacement, "import", file.toString()).exitCode())
          .isEqualTo(EX_NOINPUT);
      assertThat(replacement.operations()).isEmpty();
      var taken = command(code + "\n", replacement, "--json", "import", file.toString());
      assertThat(taken.json().path("taken").asInt()).isEqualTo(written);
      replacement.awaitAllDelivered(LIMIT);

      mode(old, "auto");
      old.awaitAllDelivered(LIMIT);
      var again = command(code + "\n", replacement, "--json", "import", file.toString());
      assertThat(again.json().path("taken").asInt()).isZero();

      assertThat(odoo.partners())
          .hasSize(CUSTOMERS)
          .filteredOn(partner -> "36201".equals(partner.value("zip")))
          .hasSize(CUSTOMERS / 10);
      assertThat(old.status().at("/queue/held").asInt()).isZero();
      assertThat(replacement.status().at("/queue/held").asInt()).isZero();
    }
  }

  /** Which of the two is the first to deliver it does not matter. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whereBothDeliverANewerValueOfTheBackOfficeStays(boolean oldOneFirst) {
    var file = stick.resolve("till-1");
    try (var odoo = Simulator.start(SimulatorOptions.odoo("18.0"));
        var old = Daemon.start(Daemon.deliveringTo(odoo, oldStorage));
        var replacement = Daemon.start(Daemon.deliveringTo(odoo, newStorage))) {
      var partner = odoo.create(Map.of("name", "Anastasia", "zip", "36200")).id();
      mode(old, "offline");
      mode(replacement, "offline");
      old.json(
          202,
          "PATCH",
          "/api/v1/customers/odoo:" + partner,
          Map.of("values", Map.of("zip", "36201"), "base", Map.of("zip", "36200")));
      var export = command("", old, "--json", "export", "--seal", file.toString());
      command(export.json().path("code").asText() + "\n", replacement, "import", file.toString());
      var first = oldOneFirst ? old : replacement;
      var second = oldOneFirst ? replacement : old;

      mode(first, "auto");
      first.awaitAllDelivered(LIMIT);
      assertThat(odoo.partner(partner).orElseThrow().value("zip")).isEqualTo("36201");
      odoo.edit(partner, Map.of("zip", "36202"));
      mode(second, "auto");

      Await.until(
          LIMIT,
          () -> second.status().at("/queue/held").asInt() == 1,
          () -> "a person is asked: " + second.operations());
      assertThat(odoo.partner(partner).orElseThrow().value("zip")).isEqualTo("36202");
    }
  }

  @Test
  void anImportThatWasKilledIsRepeatedAndTakesNothingTwice() throws IOException {
    var file = stick.resolve("till-1");
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      String code;
      try (var old = Daemon.start(Daemon.deliveringTo(odoo, oldStorage))) {
        fill(old);
        code =
            command("", old, "--json", "export", "--seal", file.toString(), "--stop")
                .json()
                .path("code")
                .asText();
      }
      try (var replacement = Daemon.start(Daemon.deliveringTo(odoo, newStorage))) {
        command(code + "\n", replacement, "import", file.toString());
        replacement.kill9();
      }
      try (var replacement = Daemon.start(Daemon.deliveringTo(odoo, newStorage))) {
        command(code + "\n", replacement, "import", file.toString());
        replacement.awaitAllDelivered(LIMIT);
        assertThat(replacement.operations()).hasSize(CUSTOMERS + CUSTOMERS / 10 + CUSTOMERS / 4);
      }
      assertThat(odoo.partners()).hasSize(CUSTOMERS);
    }
  }
}
