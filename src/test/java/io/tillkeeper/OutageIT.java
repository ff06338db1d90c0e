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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the product is for: the line is down, many customers are created and changed at once, the
 * daemon is killed in the middle of that and again while it delivers; and in the end each customer
 * is in Odoo exactly once, with its last values.
 *
 * <p>{@code -Dtillkeeper.it.customers=1000 -Dtillkeeper.it.updates=300} makes it larger.
 */
class OutageIT {

  private static final int CUSTOMERS = Integer.getInteger("tillkeeper.it.customers", 100);
  private static final int UPDATES = Integer.getInteger("tillkeeper.it.updates", 30);
  private static final int CLIENTS = 16;
  private static final int BATCH = 10;
  private static final Duration LIMIT = Duration.ofSeconds(60 + (CUSTOMERS + UPDATES) / 10);

  @TempDir Path storage;

  private Simulator odoo;
  private volatile Daemon daemon;
  private final AtomicInteger accepted = new AtomicInteger();
  private final AtomicInteger repeated = new AtomicInteger();

  /** One call of a till, which it repeats until it is answered. */
  private record TillCall(String method, String path, Map<String, ?> body, String key) {}

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "18.0", "19.0"})
  void afterAnOutageWithTwoKillsEachCustomerIsInOdooOnce(String version) throws Exception {
    var random = new Random(Long.getLong("tillkeeper.it.seed", version.hashCode()));
    var expected = new HashMap<String, Map<String, String>>();
    var calls = plan(random, expected);
    odoo = Simulator.start(SimulatorOptions.odoo(version).withProcessingTime(Duration.ofMillis(2)));
    try {
      odoo.fault(new Fault.Refuse());
      daemon = Daemon.start(environment());
      sendAll(calls);
      assertThat(repeated).as("calls that the kill made fail").hasPositiveValue();
      assertEverythingWaits();

      killWhileDelivering();
      daemon.awaitAllDelivered(LIMIT);

      assertEachInOdooOnce(expected);
      assertEverythingDelivered();
    } finally {
      if (daemon != null) {
        daemon.close();
      }
      odoo.close();
    }
  }

  /**
   * Each customer belongs to one client, so that its calls have an order and its last values are
   * known.
   */
  private static List<List<TillCall>> plan(
      Random random, Map<String, Map<String, String>> expected) {
    var clients = new ArrayList<List<TillCall>>();
    var refs = new ArrayList<String>();
    for (var client = 0; client < CLIENTS; client++) {
      clients.add(new ArrayList<>());
    }
    for (var i = 0; i < CUSTOMERS; i++) {
      var ref = new UUID(random.nextLong(), random.nextLong()).toString();
      var values =
          Map.of(
              "name",
              "Customer " + i,
              "email",
              "c" + i + "@example.com",
              "city",
              "León",
              "phone",
              "612 000 " + (100 + i));
      refs.add(ref);
      expected.put(ref, new TreeMap<>(values));
      clients
          .get(i % CLIENTS)
          .add(
              new TillCall(
                  "POST", "/api/v1/customers", Map.of("ref", ref, "values", values), key(random)));
    }
    for (var i = 0; i < UPDATES; i++) {
      var customer = random.nextInt(CUSTOMERS);
      var values = Map.of("city", "City " + i, "street", "Street " + i);
      expected.get(refs.get(customer)).putAll(values);
      clients
          .get(customer % CLIENTS)
          .add(
              new TillCall(
                  "PATCH",
                  "/api/v1/customers/" + refs.get(customer),
                  Map.of("values", values),
                  key(random)));
    }
    return clients;
  }

  private static String key(Random random) {
    return Long.toHexString(random.nextLong());
  }

  private void sendAll(List<List<TillCall>> clients) throws Exception {
    try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
      var done = new ArrayList<Future<?>>();
      for (var calls : clients) {
        done.add(threads.submit(() -> calls.forEach(this::sendUntilAccepted)));
      }
      for (var client : done) {
        client.get();
      }
    } catch (ExecutionException e) {
      throw new AssertionError("a till failed", e.getCause());
    }
  }

  private void sendUntilAccepted(TillCall call) {
    while (!send(daemon, call)) {
      repeated.incrementAndGet();
    }
    if (accepted.incrementAndGet() == (CUSTOMERS + UPDATES) / 2) {
      daemon.kill9();
      daemon = Daemon.start(environment());
    }
  }

  /** False when there was no answer, after which there is another daemon. */
  private boolean send(Daemon to, TillCall call) {
    try {
      var answer = to.call(call.method(), call.path(), call.body(), call.key());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      return true;
    } catch (IOException e) {
      Await.until(LIMIT, () -> daemon != to, () -> "the daemon is started again after " + e);
      return false;
    }
  }

  /** Batches small enough that the kill comes between them. */
  private Map<String, String> environment() {
    var environment = Daemon.deliveringTo(odoo, storage);
    environment.put("TILLKEEPER_SYNC_BATCH", String.valueOf(BATCH));
    return environment;
  }

  private void assertEverythingWaits() {
    var status = daemon.status();
    assertThat(status.at("/queue/pending").asInt()).isEqualTo(CUSTOMERS + UPDATES);
    assertThat(status.at("/link/state").asText()).isEqualTo("down");
    assertThat(status.get("allDelivered").asBoolean()).isFalse();
    assertThat(odoo.partners()).isEmpty();
  }

  /** At a moment when Odoo has committed what the daemon does not know to be delivered. */
  private void killWhileDelivering() {
    odoo.fault(new Fault.HangAfterCommit(), -1, "res.partner.load");
    daemon.json(202, "POST", "/api/v1/sync", null);
    odoo.awaitHeld(1, LIMIT);
    assertThat(odoo.partners()).hasSize(BATCH);
    daemon.kill9();
    odoo.clearFaults();
    daemon = Daemon.start(environment());
  }

  private void assertEachInOdooOnce(Map<String, Map<String, String>> expected) {
    var partners = new HashMap<String, Partner>();
    for (var partner : odoo.partners()) {
      assertThat(partner.externalIds()).hasSize(1);
      partners.put(partner.externalIds().iterator().next(), partner);
    }
    assertThat(odoo.partners()).hasSize(CUSTOMERS);
    assertThat(partners).hasSize(CUSTOMERS);
    expected.forEach(
        (ref, values) ->
            assertThat(partners.get("__tillkeeper__." + ref).values())
                .containsAllEntriesOf(values));
  }

  private void assertEverythingDelivered() {
    var operations = daemon.operations();
    assertThat(operations).hasSize(CUSTOMERS + UPDATES);
    assertThat(operations)
        .allSatisfy(
            operation -> {
              assertThat(operation.get("state").asText()).isEqualTo("delivered");
              assertThat(operation.at("/customer/odooId").asLong()).isPositive();
            });
    assertThat(operations)
        .as("operations that were on their way when the daemon was killed")
        .anyMatch(operation -> events(operation).contains("recovered"));
    var queue = daemon.status().get("queue");
    assertThat(queue.get("deliveredTotal").asInt()).isEqualTo(CUSTOMERS + UPDATES);
    for (var count : List.of("pending", "sending", "held", "discardedTotal")) {
      assertThat(queue.get(count).asInt()).as(count).isZero();
    }
  }

  private static List<String> events(JsonNode operation) {
    return operation.get("history").findValuesAsText("event");
  }
}
