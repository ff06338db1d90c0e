package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The name of the Odoo server is unknown, then leads nowhere, then to Odoo. */
class NameIT {

  private static final String NAME = "odoo.shop.test";

  /** Longer than any answer of a name server is kept. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path storage;
  @TempDir Path names;

  @Test
  void theDaemonFollowsANameThatComesUpAndOneThatMoves() throws IOException {
    var hosts = names.resolve("hosts");
    write(hosts, "127.0.0.1 localhost");
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("TILLKEEPER_ODOO_URL", "http://" + NAME + ":" + odoo.port());
      try (var daemon = Daemon.startWithNames(environment, hosts)) {
        daemon.create(Map.of("values", Map.of("name", "Ana")));
        awaitCause(daemon, "dns");

        // nobody listens at this address of the loopback
        write(hosts, "127.0.0.2 " + NAME);
        awaitCause(daemon, "refused");
        assertThat(odoo.calls()).isEmpty();

        write(hosts, "127.0.0.1 " + NAME);
        daemon.awaitAllDelivered(LIMIT);
        assertThat(odoo.partnersNamed("Ana")).hasSize(1);
      }
    }
  }

  private static void awaitCause(Daemon daemon, String cause) {
    Await.until(
        LIMIT,
        () -> daemon.status().at("/link/cause").asText().equals(cause),
        () -> cause + ", and not " + daemon.status().get("link"));
  }

  private static void write(Path hosts, String line) throws IOException {
    Files.writeString(hosts, line + "\n");
  }
}
