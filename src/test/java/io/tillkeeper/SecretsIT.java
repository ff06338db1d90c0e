package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Fault;
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

  private static final List<String> ANSWERS =
      List.of(
          "/api/v1/status",
          "/api/v1/operations",
          "/api/v1/history",
          "/api/v1/audit",
          "/api/v1/audit/verification",
          "/api/v1/tokens",
          "/api/v1/exports",
          "/api/v1/rehearsals",
          "/q/metrics",
          "/q/health",
          "/q/openapi",
          "/");

  private static final List<String> COMMANDS =
      List.of(
          "status",
          "--json status",
          "operations",
          "doctor",
          "--json doctor",
          "config check",
          "key",
          "audit",
          "tokens");

  @TempDir Path storage;
  private int created;

  @Test
  void theLogHoldsNoDataOfACustomerAndNoKey() throws IOException {
    var options = SimulatorOptions.odoo("18.0").withAccess("shop", "till", KEY);
    try (var odoo = Simulator.start(options)) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("QUARKUS_LOG_LEVEL", "TRACE");
      environment.put("QUARKUS_LOG_CATEGORY__ORG_HIBERNATE__LEVEL", "TRACE");
      environment.put("QUARKUS_LOG_CATEGORY__ORG_JBOSS_RESTEASY_REACTIVE__LEVEL", "TRACE");
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
        changesAndOtherCalls(daemon, odoo, ref);
        awaitHeld(daemon, 3);
        Await.until(LIMIT, () -> odoo.partners().size() == 2, () -> "" + daemon.operations());
        assertNoKeyInWhatIsAnswered(daemon, environment);
        // whoever decides is in the audit, where a person may have typed anything
        daemon.json(200, "POST", "/api/v1/erasures", Map.of("by", NAME, "email", EMAIL));
        daemon.stop(LIMIT);

        assertThat(daemon.output()).anyMatch(line -> line.contains("DEBUG"));
        assertThat(daemon.output())
            .anyMatch(line -> line.contains("held: rejected"))
            .anyMatch(line -> line.contains("held: conflict"));
        var storageKey = Files.readString(storage.resolve("storage-key")).strip();
        assertNoKeyInWhatIsKept(storageKey);
        assertThat(daemon.allOutput())
            .allSatisfy(
                line ->
                    assertThat(line)
                        .doesNotContainIgnoringCase(NAME)
                        .doesNotContain("canary.mail", PHONE, KEY, storageKey));
      }
    }
  }

  private void assertNoKeyInWhatIsAnswered(Daemon daemon, Map<String, String> environment)
      throws IOException {
    var storageKey = Files.readString(storage.resolve("storage-key")).strip();
    for (var path : ANSWERS) {
      var answer = daemon.call("GET", path, null, null);
      assertThat(answer.statusCode()).as(path).isIn(200, 503);
      assertThat(answer.body() + answer.headers().map()).as(path).doesNotContain(KEY, storageKey);
    }
    for (var command : COMMANDS) {
      var words = new ArrayList<>(List.of("--url", daemon.url().toString()));
      words.addAll(List.of(command.split(" ")));
      var run = CommandRun.of(environment, words.toArray(String[]::new));
      assertThat(run.output() + run.errors())
          .as(command)
          .isNotBlank()
          .doesNotContain(KEY, storageKey);
    }
  }

  private void assertNoKeyInWhatIsKept(String storageKey) throws IOException {
    try (var files = Files.walk(storage)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var content = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(content).as(file.toString()).doesNotContain(KEY);
        if (!file.getFileName().toString().startsWith("storage-key")) {
          assertThat(content).as(file.toString()).doesNotContain(storageKey);
        }
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

  /** A change that the back office has made otherwise meanwhile, and the other ways to call. */
  private static void changesAndOtherCalls(Daemon daemon, Simulator odoo, String ref) {
    daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "offline"));
    daemon.json(
        202,
        "PATCH",
        "/api/v1/customers/" + ref,
        Map.of(
            "values",
            Map.of("email", "new." + EMAIL, "comment", NAME),
            "base",
            Map.of("email", EMAIL + 1),
            "cashier",
            NAME));
    odoo.edit(odoo.partners().getFirst().id(), Map.of("email", "other." + EMAIL));
    daemon.json(
        200,
        "POST",
        "/api/v1/rpc",
        Map.of(
            "jsonrpc",
            "2.0",
            "method",
            "call",
            "id",
            1,
            "params",
            Map.of(
                "model",
                "res.partner",
                "method",
                "create",
                "args",
                List.of(Map.of("name", NAME, "city", NAME)),
                "kwargs",
                Map.of())));
    daemon.json(200, "POST", "/api/v1/customers/search", Map.of("query", NAME));
    daemon.json(200, "GET", "/api/v1/exports?limit=10", null);
    daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "auto"));
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
