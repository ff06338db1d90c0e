package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Neither a customer's data, nor the API key, nor the key of the queue is in the log, at the level
 * that tells the most.
 */
class SecretsIT {

  private static final String NAME = "Canaryname";
  private static final String EMAIL = "canary.mail@example.com";
  private static final String PHONE = "612987654";
  private static final String KEY = "canarykey0123456789abcdef0123456789abcde";
  private static final Duration LIMIT = Duration.ofSeconds(20);

  @TempDir Path storage;
  private int created;

  @Test
  void theLogHoldsNoDataOfACustomerAndNoKey() throws IOException {
    var options = SimulatorOptions.odoo("18.0").withAccess("shop", "till", KEY);
    try (var odoo = Simulator.start(options)) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("QUARKUS_LOG_CATEGORY__IO_TILLKEEPER__LEVEL", "TRACE");
      environment.put("TILLKEEPER_STORAGE_ENCRYPTED", "true");
      odoo.fault(new Fault.Refuse());
      try (var daemon = Daemon.start(environment)) {
        var ref = create(daemon, "en_US").at("/customer/ref").asText();
        sync(daemon, "refused");
        badRequests(daemon, ref);
        odoo.fault(new Fault.WrongKey());
        sync(daemon, "key");
        odoo.clearFaults();
        create(daemon, "xx_XX");
        awaitHeld(daemon, 1);
        odoo.fault(
            new Fault.OdooException("odoo.exceptions.ValidationError", NAME + " " + EMAIL),
            1,
            "res.partner.load");
        create(daemon, "en_US");
        awaitHeld(daemon, 2);
        assertThat(odoo.partners()).hasSize(1);
        // whoever decides is in the audit, where a person may have typed anything
        daemon.json(200, "POST", "/api/v1/erasures", Map.of("by", NAME, "email", EMAIL));
        daemon.stop(LIMIT);

        assertThat(daemon.output()).anyMatch(line -> line.contains("DEBUG"));
        assertThat(daemon.output()).anyMatch(line -> line.contains("held: rejected"));
        var storageKey = Files.readString(storage.resolve("storage-key")).strip();
        assertThat(daemon.allOutput())
            .allSatisfy(
                line ->
                    assertThat(line)
                        .doesNotContainIgnoringCase(NAME)
                        .doesNotContain("canary.mail", PHONE, KEY, storageKey));
      }
    }
  }

  /** Somebody else each time, or the second one would be taken for the first. */
  private JsonNode create(Daemon daemon, String language) {
    created++;
    return daemon.create(
        Map.of(
            "values",
            Map.of(
                "name",
                NAME,
                "email",
                EMAIL + created,
                "phone",
                PHONE + created,
                "lang",
                language)));
  }

  private static void sync(Daemon daemon, String expectedCause) {
    daemon.json(202, "POST", "/api/v1/sync", null);
    Await.until(
        LIMIT,
        () -> daemon.status().at("/link/cause").asText().equals(expectedCause),
        () -> "the link is " + expectedCause + ": " + daemon.status());
  }

  private static void awaitHeld(Daemon daemon, int count) {
    daemon.json(202, "POST", "/api/v1/sync", null);
    Await.until(
        LIMIT,
        () -> {
          var queue = daemon.status().get("queue");
          return queue.get("held").asInt() == count && queue.get("pending").asInt() == 0;
        },
        () -> count + " are held: " + daemon.status() + daemon.allOutput());
  }

  /** Each with data in it that is refused. */
  private static void badRequests(Daemon daemon, String ref) throws IOException {
    var customers = "/api/v1/customers";
    var bodies =
        List.of(
            "{\"values\": {\"name\": \"" + NAME,
            "{\"" + NAME + "\": 1}",
            "{\"values\": \"" + EMAIL + "\"}",
            "[\"" + NAME + "\"]",
            "{\"values\": {\"name\": \"" + NAME + "\", \"email\": {\"" + EMAIL + "\": 1}}}",
            "{\"values\": {\"" + EMAIL + "\": \"" + PHONE + "\"}}",
            "{\"ref\": \"" + NAME + "\", \"values\": {\"name\": \"" + NAME + "\"}}",
            "{\"ref\": \"" + ref + "\", \"values\": {\"name\": \"" + NAME + " 2\"}}");
    for (var body : bodies) {
      var answer = daemon.call("POST", customers, body, null);
      assertThat(answer.statusCode()).as(body).isBetween(400, 422);
    }
    assertThat(daemon.call("GET", customers + "/" + NAME, null, null).statusCode()).isEqualTo(400);
    assertThat(daemon.call("GET", customers + "?query=" + PHONE, null, null).statusCode())
        .isEqualTo(200);
    assertThat(daemon.call("GET", "/" + NAME, null, null).statusCode()).isEqualTo(404);
    assertThat(daemon.call("DELETE", customers + "/" + NAME, null, null).statusCode())
        .isEqualTo(405);
  }
}
