package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.odoo.TestAuthority;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every part of the product once, as it is packaged: what works in the tests of the classes may be
 * missing in a jar or in a native binary.
 */
class WholeProductIT {

  private static final Duration LIMIT = Duration.ofSeconds(20);
  private static final String CUSTOMERS = "/api/v1/customers";
  private static final String OPERATIONS = "/api/v1/operations";

  @TempDir Path storage;
  @TempDir Path keys;

  @Test
  void whatAPageAndAProgramReadIsServed() throws IOException {
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      assertServed(daemon, "/", "text/html;charset=UTF-8", "<script type=\"module\"");
      assertServed(daemon, "/tillkeeper.js", "text/javascript;charset=UTF-8", "class Tillkeeper");
      assertServed(daemon, "/console/main.js", "text/javascript;charset=UTF-8", "tillkeeper.js");
      assertServed(daemon, "/console/lang/es.js", "text/javascript;charset=UTF-8", "Idioma");
      assertServed(daemon, "/console/console.css", "text/css;charset=UTF-8", ":root");
      assertServed(daemon, "/console/icon.svg", "image/svg+xml", "<svg");
      assertServed(daemon, "/asyncapi.yaml", "application/x-yaml", "asyncapi: 3");
      assertServed(daemon, "/q/openapi", "application/json;charset=UTF-8", CUSTOMERS);
    }
  }

  private static void assertServed(Daemon daemon, String path, String type, String part)
      throws IOException {
    var answer = daemon.call("GET", path, null, null);
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue(type);
    assertThat(answer.body()).as(path).contains(part);
  }

  @Test
  void theFeedIsHeardByWebSocketAndAsAStream() throws IOException, InterruptedException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage));
        var socket = FeedListener.ofSocket(daemon.url());
        var stream = FeedListener.ofStream(daemon.url())) {
      socket.await("status", status -> status.at("/queue/pending").asInt() == 0);
      stream.await("status", status -> status.at("/queue/pending").asInt() == 0);
      var id = daemon.create(customer("Ana", Map.of())).at("/operation/id").asLong();

      for (var listener : new FeedListener[] {socket, stream}) {
        for (var state : new String[] {"pending", "delivered"}) {
          listener.await(
              "operation",
              news -> news.get("id").asLong() == id && news.get("state").asText().equals(state));
        }
        listener.await("customer", news -> news.get("odooId").asLong() > 0);
        listener.await("status", status -> status.at("/queue/deliveredTotal").asInt() == 1);
      }
    }
  }

  @Test
  void anOdooBehindTlsIsTrustedWhenTheShopsOwnAuthorityVouchesForIt() throws Exception {
    var authority = new TestAuthority(keys);
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var front = new TlsFront(authority.server("ip:127.0.0.1", -1, 30), odoo.url())) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("TILLKEEPER_ODOO_URL", front.url().toString());
      try (var daemon = Daemon.start(environment)) {
        daemon.create(customer("Ana", Map.of()));
        Await.until(
            LIMIT,
            () -> daemon.status().at("/link/cause").asText().equals("tls"),
            () -> "the link is down for TLS: " + daemon.status());
      }
      environment.put("TILLKEEPER_ODOO_CA_FILE", authority.certificate().toString());
      try (var daemon = Daemon.start(environment)) {
        daemon.awaitAllDelivered(LIMIT);
        assertThat(odoo.partnersNamed("Ana")).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"18.0", "19.0"})
  void aPersonSettlesATwinAndAConflict(String version) throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo(version));
        var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
      var known = odoo.create(Map.of("name", "Ana López", "phone", "+34 612 34 56 78"));
      var receipt = daemon.create(customer("Ana", Map.of("phone", "612345678")));
      var twin = awaitHeld(daemon, "duplicate");
      assertThat(twin.at("/candidates/0/odooId").asLong()).isEqualTo(known.id());

      settle(daemon, twin, Map.of("by", "Eva", "link", known.id()));
      daemon.awaitAllDelivered(LIMIT);
      assertThat(daemon.status().at("/odoo/protocol").asText())
          .isEqualTo(version.equals("19.0") ? "json-2" : "json-rpc");

      odoo.edit(known.id(), Map.of("name", "Ana María López"));
      var path = CUSTOMERS + "/" + receipt.at("/customer/ref").asText();
      daemon.json(
          202,
          "PATCH",
          path,
          Map.of("values", Map.of("name", "Ana L."), "base", Map.of("name", "Ana López")));
      var conflict = awaitHeld(daemon, "conflict");
      assertThat(conflict.at("/disputes/0/field").asText()).isEqualTo("name");
      settle(daemon, conflict, Map.of("by", "Eva", "fields", Map.of("name", "mine")));
      daemon.awaitAllDelivered(LIMIT);

      assertThat(odoo.partner(known.id()).orElseThrow().name()).isEqualTo("Ana L.");
      assertThat(odoo.partners()).hasSize(1);
      assertThat(daemon.json(200, "GET", path, null).get("odooId").asLong()).isEqualTo(known.id());
    }
  }

  private static JsonNode awaitHeld(Daemon daemon, String reason) {
    Await.until(
        LIMIT,
        () -> daemon.status().at("/queue/held").asInt() == 1,
        () -> "one is held: " + daemon.status() + daemon.allOutput());
    var held = daemon.json(200, "GET", OPERATIONS + "?state=held", null);
    assertThat(held.at("/operations/0/held/reason").asText()).isEqualTo(reason);
    return held.at("/operations/0");
  }

  private static void settle(Daemon daemon, JsonNode held, Map<String, ?> decision) {
    daemon.json(
        200, "POST", "%s/%d/resolve".formatted(OPERATIONS, held.get("id").asLong()), decision);
  }

  @Test
  void theVeryCallThatFailedIsTakenAndTheHistoryIsKept() {
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      var call =
          """
          {"jsonrpc": "2.0", "method": "call", "id": 1, "params": {"model": "res.partner",
           "method": "create_from_ui", "args": [{"name": "Ana", "vat": "ES12345678Z"}], "kwargs": {}}}""";
      assertThat(daemon.json(200, "POST", "/api/v1/rpc", call).get("result").asLong()).isNegative();
      var refused =
          daemon.json(200, "POST", "/api/v1/rpc", call.replace("create_from_ui", "unlink"));
      assertThat(refused.at("/error/message").asText()).isEqualTo("Tillkeeper Error");

      var found = daemon.json(200, "GET", CUSTOMERS + "?query=12345678", null);
      assertThat(found.at("/customers/0/values/name").asText()).isEqualTo("Ana");
      assertThat(daemon.json(200, "GET", "/api/v1/history", null).get("link")).isNotEmpty();
      var mode = daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "offline"));
      assertThat(mode.get("mode").asText()).isEqualTo("offline");
      var problem = daemon.json(400, "POST", CUSTOMERS, "{");
      assertThat(problem.get("type").asText()).startsWith("urn:tillkeeper:problem:");
    }
  }

  @Test
  void theStandInOdooIsNotInside() throws IOException {
    var binary = Daemon.binary();
    var names = binary.isPresent() ? latin(binary.get()) : entries(Daemon.application());

    assertThat(names.contains("io.tillkeeper.queue.")).as("names of classes are found").isTrue();
    assertThat(names.contains("io.tillkeeper.simulator")).isFalse();
  }

  private static String latin(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.ISO_8859_1).replace('/', '.');
  }

  private static String entries(Path directory) throws IOException {
    var names = new StringBuilder();
    try (var files = Files.walk(directory)) {
      for (var file : files.filter(name -> name.toString().endsWith(".jar")).toList()) {
        try (var jar = new ZipFile(file.toFile())) {
          jar.stream().forEach(entry -> names.append(entry.getName()).append('\n'));
        }
      }
    }
    return names.toString().replace('/', '.');
  }

  private static Map<String, ?> customer(String name, Map<String, String> more) {
    var values = new HashMap<String, String>(more);
    values.put("name", name);
    return Map.of("values", values);
  }
}
