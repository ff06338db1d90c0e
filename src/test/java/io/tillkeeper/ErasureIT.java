package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Who was erased stays so: after what was left is delivered, and in a copy of the queue. */
@Execution(ExecutionMode.CONCURRENT)
class ErasureIT {

  private static final String ANA = "ana@example.com";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final Simulator odoo = Simulator.start(SimulatorOptions.odoo("18.0"));
  private Map<String, String> environment;

  @BeforeEach
  void configure() {
    environment = Daemon.deliveringTo(odoo, directory.resolve("state"));
    environment.put("TILLKEEPER_RETENTION_LOOK_EVERY", "PT0.2S");
  }

  @AfterEach
  void close() {
    odoo.close();
  }

  private static String create(Daemon daemon) {
    return daemon
        .create(Map.of("values", Map.of("name", "Ana", "email", ANA), "cashier", "Eva"))
        .at("/customer/ref")
        .asText();
  }

  private static JsonNode erase(Daemon daemon) {
    return daemon.json(200, "POST", "/api/v1/erasures", Map.of("by", "Eva", "email", ANA));
  }

  private static void mode(Daemon daemon, String mode) {
    daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", mode));
  }

  private static boolean isForgotten(Daemon daemon, String ref) {
    var operations = daemon.operations();
    var customer = daemon.json(200, "GET", "/api/v1/customers/" + ref, null);
    var found = daemon.json(200, "GET", "/api/v1/customers?query=ana", null);
    return !operations.toString().contains("Ana")
        && !operations.toString().contains("Eva")
        && customer.get("values").isEmpty()
        && found.get("customers").isEmpty();
  }

  private static void awaitForgotten(Daemon daemon, String ref) {
    Await.until(
        LIMIT, () -> isForgotten(daemon, ref), () -> "Ana is forgotten: " + daemon.operations());
  }

  private void copy(Daemon daemon) {
    var to = directory.resolve("copy.zip").toString();
    assertThat(
            CommandRun.of(environment, "backup", "--into", to, "--url", daemon.url().toString())
                .exitCode())
        .isZero();
  }

  private void restoreCopy() {
    assertThat(
            CommandRun.of(environment, "restore", directory.resolve("copy.zip").toString())
                .exitCode())
        .isZero();
  }

  @Test
  void whatWasLeftIsErasedWhenItIsInOdoo() {
    try (var daemon = Daemon.start(environment)) {
      mode(daemon, "offline");
      var ref = create(daemon);
      assertThat(erase(daemon).get("notDelivered")).hasSize(1);
      assertThat(isForgotten(daemon, ref)).isFalse();

      mode(daemon, "auto");
      daemon.awaitAllDelivered(LIMIT);

      awaitForgotten(daemon, ref);
      assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    }
  }

  @Test
  void aCopyBringsNobodyBack() {
    String ref;
    try (var daemon = Daemon.start(environment)) {
      ref = create(daemon);
      daemon.awaitAllDelivered(LIMIT);
      copy(daemon);
      erase(daemon);
      daemon.stop(LIMIT);
    }
    restoreCopy();
    try (var daemon = Daemon.start(environment)) {
      assertThat(isForgotten(daemon, ref)).isTrue();
    }
  }

  /** It is open in the copy: whether Odoo has it must be looked at first. */
  @Test
  void aCopyFromBeforeTheDeliveryBringsNobodyBackForLong() {
    String ref;
    try (var daemon = Daemon.start(environment)) {
      mode(daemon, "offline");
      ref = create(daemon);
      copy(daemon);
      mode(daemon, "auto");
      daemon.awaitAllDelivered(LIMIT);
      erase(daemon);
      daemon.stop(LIMIT);
    }
    restoreCopy();
    try (var daemon = Daemon.start(environment)) {
      mode(daemon, "auto");
      daemon.awaitAllDelivered(LIMIT);

      awaitForgotten(daemon, ref);
      assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    }
  }

  @Test
  void whatIsAcceptedOfAPersonLaterStays() {
    try (var daemon = Daemon.start(environment)) {
      var ref = create(daemon);
      daemon.awaitAllDelivered(LIMIT);
      erase(daemon);
      daemon.json(
          202, "PATCH", "/api/v1/customers/" + ref, Map.of("values", Map.of("city", "Vigo")));
      daemon.awaitAllDelivered(LIMIT);
      copy(daemon);
      daemon.stop(LIMIT);
    }
    restoreCopy();
    try (var daemon = Daemon.start(environment)) {
      var operations = daemon.operations();
      assertThat(operations.toString()).contains("Vigo").doesNotContain("Ana");
    }
  }
}
