package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two tills create the same customer at the same time. */
class RaceIT {

  private static final int ROUNDS = 10;

  @TempDir Path first;
  @TempDir Path second;

  @Test
  void twoDaemonsThatCreateTheSameCustomerMakeOnePartner() throws Exception {
    var slow = SimulatorOptions.odoo("19.0").withProcessingTime(Duration.ofMillis(60));
    try (var odoo = Simulator.start(slow);
        var one = Daemon.launch(Daemon.deliveringTo(odoo, first), List.of());
        var other = Daemon.launch(Daemon.deliveringTo(odoo, second), List.of());
        var tills = Executors.newFixedThreadPool(2)) {
      one.awaitReady();
      other.awaitReady();
      for (var round = 0; round < ROUNDS; round++) {
        var body =
            Map.of(
                "ref",
                new UUID(4, round).toString(),
                "values",
                Map.of("name", "Customer " + round));
        Future<?> atOne = tills.submit(() -> one.create(body));
        Future<?> atOther = tills.submit(() -> other.create(body));
        atOne.get();
        atOther.get();
        one.awaitAllDelivered(Duration.ofSeconds(20));
        other.awaitAllDelivered(Duration.ofSeconds(20));

        var path = "/api/v1/customers/" + body.get("ref");
        assertThat(odoo.partnersNamed("Customer " + round)).as("round %d", round).hasSize(1);
        var id = odoo.partnersNamed("Customer " + round).getFirst().id();
        assertThat(one.json(200, "GET", path, null).get("odooId").asLong()).isEqualTo(id);
        assertThat(other.json(200, "GET", path, null).get("odooId").asLong()).isEqualTo(id);
      }
      assertThat(odoo.partners()).hasSize(ROUNDS);
    }
  }
}
