package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal by the product itself, to its end or to a kill. */
class RehearsalIT {

  private static final String REHEARSALS = "/api/v1/rehearsals";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int CUSTOMERS = 20;

  @TempDir Path storage;

  private Simulator odoo;
  private Daemon daemon;

  private void start(String version) {
    odoo = Simulator.start(SimulatorOptions.odoo(version));
    daemon = Daemon.start(environment());
    awaitLink();
  }

  @AfterEach
  void end() {
    daemon.close();
    odoo.close();
  }

  private Map<String, String> environment() {
    var environment = Daemon.deliveringTo(odoo, storage);
    environment.put("TILLKEEPER_REHEARSAL_STAGING", "true");
    return environment;
  }

  private void awaitLink() {
    Await.until(
        LIMIT,
        () -> daemon.status().at("/link/state").asText().equals("up"),
        () -> "the link is up: " + daemon.status());
  }

  private String rehearse(int offlineSeconds) {
    var body = Map.of("customers", CUSTOMERS, "offlineSeconds", offlineSeconds);
    return REHEARSALS + "/" + daemon.json(202, "POST", REHEARSALS, body).get("id").asText();
  }

  private JsonNode await(String rehearsal, String property, String value) {
    Await.until(
        LIMIT,
        () -> read(rehearsal).get(property).asText().equals(value),
        () -> property + " is " + value + ": " + read(rehearsal) + daemon.allOutput());
    return read(rehearsal);
  }

  private JsonNode read(String rehearsal) {
    return daemon.json(200, "GET", rehearsal, null);
  }

  private void killAndStart() {
    daemon.kill9();
    odoo.clearFaults();
    daemon = Daemon.start(environment());
  }

  private void assertCleanedUp(JsonNode rehearsal, String interruptedWhile) {
    assertThat(rehearsal.get("phase").asText()).isEqualTo("failed");
    assertThat(rehearsal.get("passed").asBoolean()).isFalse();
    assertThat(rehearsal.get("summary").asText())
        .contains("interrupted while " + interruptedWhile)
        .contains(
            "%1$d are in Odoo once with the right values, and %1$d are archived"
                .formatted(CUSTOMERS));
    assertThat(rehearsal.get("checks")).hasSize(CUSTOMERS);
    assertThat(odoo.partners()).hasSize(CUSTOMERS).noneMatch(Partner::active);
    assertThat(daemon.status().get("mode").asText()).isEqualTo("auto");
    assertThat(daemon.status().get("allDelivered").asBoolean()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0"})
  void itRunsToItsEndByItself(String version) throws IOException {
    start(version);
    var rehearsal = rehearse(1);

    var ended = await(rehearsal, "cleanedUp", "true");

    assertThat(ended.get("passed").asBoolean()).as(ended.toString()).isTrue();
    assertThat(odoo.partners()).hasSize(CUSTOMERS).noneMatch(Partner::active);
    assertThat(daemon.status().get("mode").asText()).isEqualTo("auto");
    assertThat(daemon.call("GET", rehearsal + "/report", null, null).body()).contains("✔ Passed");
  }

  @Test
  void oneThatIsKilledWhileOfflineIsCleanedUpAfterTheNextStart() {
    start("19.0");
    var rehearsal = rehearse(3_600);
    await(rehearsal, "accepted", String.valueOf(CUSTOMERS));
    assertThat(daemon.status().get("mode").asText()).isEqualTo("offline");
    assertThat(odoo.partners()).isEmpty();

    killAndStart();

    assertCleanedUp(await(rehearsal, "cleanedUp", "true"), "offline");
  }

  @Test
  void oneThatIsKilledWhileDeliveringIsCleanedUpAfterTheNextStart() {
    start("19.0");
    odoo.fault(new Fault.HangAfterCommit(), -1, "res.partner.load");
    var rehearsal = rehearse(0);
    odoo.awaitHeld(1, LIMIT);
    await(rehearsal, "phase", "delivering");

    killAndStart();

    assertCleanedUp(await(rehearsal, "cleanedUp", "true"), "delivering");
  }

  @Test
  void oneThatIsKilledWhileArchivingIsCleanedUpAfterTheNextStart() {
    start("19.0");
    // who carries the external ids is asked first when all have arrived
    odoo.fault(new Fault.HangBeforeCommit(false), 1, "res.partner.get_external_id");
    var rehearsal = rehearse(0);
    odoo.awaitHeld(1, LIMIT);
    odoo.fault(new Fault.HangAfterCommit(), -1, "res.partner.load");
    odoo.release();
    await(rehearsal, "phase", "archiving");
    Await.until(
        LIMIT,
        () -> odoo.partners().stream().noneMatch(Partner::active),
        () -> "they are archived: " + odoo.partners());

    killAndStart();

    assertCleanedUp(await(rehearsal, "cleanedUp", "true"), "archiving");
  }
}
