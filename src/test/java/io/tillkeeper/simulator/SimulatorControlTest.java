package io.tillkeeper.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The control port: faults and edits over HTTP, from this machine only. */
class SimulatorControlTest {

  private final Simulator odoo = Simulator.start(SimulatorOptions.odoo("18.0"));
  private final SimulatorClient client = new SimulatorClient(odoo);

  @AfterEach
  void stop() {
    odoo.close();
  }

  @Test
  void tellsWhatItIs() throws Exception {
    JsonNode state = SimulatorClient.parse(client.control("GET", "/", "").body());

    assertThat(state.get("version").asText()).isEqualTo("18.0");
    assertThat(state.get("odoo").asText()).isEqualTo(odoo.url().toString());
    assertThat(state.get("fault").isNull()).isTrue();
    assertThat(state.get("links").has("PUT /fault")).isTrue();
  }

  @Test
  void refusesAndAcceptsAgainWhileItStaysReachableItself() throws Exception {
    client.control("PUT", "/fault", "{\"fault\": \"refuse\"}");
    assertThatThrownBy(() -> client.get("/web/health")).hasRootCauseInstanceOf(IOException.class);

    HttpResponse<String> cleared = client.control("DELETE", "/fault", "");

    assertThat(cleared.statusCode()).isEqualTo(200);
    assertThat(client.get("/web/health").statusCode()).isEqualTo(200);
  }

  @Test
  void switchesAFaultForSomeCalls() throws Exception {
    HttpResponse<String> on =
        client.control(
            "PUT",
            "/fault",
            """
            {"fault": "odoo-exception", "name": "odoo.exceptions.UserError", "message": "No.",
             "times": 1, "only": "res.partner.search_count"}
            """);

    assertThat(SimulatorClient.parse(on.body()).at("/fault/times").asInt()).isEqualTo(1);
    assertThat(client.call("search", List.of()).has("result")).isTrue();
    assertThat(client.call("search_count", List.of()).at("/error/data/message").asText())
        .isEqualTo("No.");
    assertThat(client.call("search_count", List.of()).has("result")).isTrue();
  }

  @Test
  void cutsTheConnectionAtTheMomentAndInTheMannerThatItIsTold() throws Exception {
    HttpResponse<String> on =
        client.control(
            "PUT",
            "/fault",
            """
            {"fault": "cut", "moment": "after-commit", "manner": "bad-gateway", "times": 1}
            """);
    HttpResponse<String> refused =
        client.control("PUT", "/fault", "{\"fault\": \"cut\", \"moment\": \"never\"}");

    assertThat(SimulatorClient.parse(on.body()).at("/fault/fault").asText()).isEqualTo("cut");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("before-request, before-commit, after-commit, in-answer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hang-before-commit",
        "hang-after-commit",
        "reset-mid-answer",
        "hang-mid-answer",
        "trickle",
        "odoo-exception",
        "conflict",
        "html-404",
        "captive-portal",
        "slow",
        "too-many-requests",
        "wrong-key",
        "database-down"
      })
  void knowsEachFaultByName(String name) throws Exception {
    HttpResponse<String> on = client.control("PUT", "/fault", "{\"fault\": \"" + name + "\"}");

    assertThat(on.statusCode()).isEqualTo(200);
    assertThat(SimulatorClient.parse(on.body()).at("/fault/fault").asText()).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "refuse",
        "[]",
        "{\"fault\": \"flood\"}",
        "{\"fault\": \"slow\", \"millis\": \"soon\"}",
        "{\"fault\": \"slow\", \"times\": 0}",
        "{\"fault\": \"refuse\", \"times\": 2}"
      })
  void explainsWhatItDoesNotUnderstand(String body) throws Exception {
    HttpResponse<String> refused = client.control("PUT", "/fault", body);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(SimulatorClient.parse(refused.body()).get("message").asText()).isNotBlank();
    assertThat(odoo.activeFault()).isEmpty();
  }

  @Test
  void worksInTheBackOffice() throws Exception {
    JsonNode created =
        SimulatorClient.parse(
            client.control("POST", "/partners", "{\"name\": \"Zoë\", \"city\": \"Lyon\"}").body());
    String path = "/partners/" + created.get("id").asLong();

    HttpResponse<String> edited = client.control("PATCH", path, "{\"city\": false}");
    assertThat(edited.statusCode()).isEqualTo(200);
    assertThat(odoo.partners().getFirst().values()).doesNotContainKey("city");
    assertThat(client.control("PATCH", path, "{\"nope\": 1}").statusCode()).isEqualTo(400);
    assertThat(SimulatorClient.parse(client.control("GET", "/partners", "").body())).hasSize(1);

    assertThat(client.control("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(client.control("DELETE", path, "").statusCode()).isEqualTo(404);
    assertThat(client.control("DELETE", "/partners/x", "").statusCode()).isEqualTo(400);
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void takesNoChangeThatAWebPageCouldSend() throws Exception {
    HttpRequest form =
        SimulatorClient.request(odoo.controlUrl(), "/partners")
            .header("Content-Type", "text/plain")
            .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"Mallory\"}"))
            .build();

    assertThat(SimulatorClient.get(client.send(form)).statusCode()).isEqualTo(400);
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void answersOnlyToTheNamesOfThisMachine() throws Exception {
    int port = odoo.controlUrl().getPort();

    assertThat(statusFor("localhost:" + port)).contains(" 200 ");
    assertThat(statusFor("[::1]:" + port)).contains(" 200 ");
    assertThat(statusFor("rebound.example:" + port)).contains(" 403 ");
  }

  /** The JDK's client does not let a test choose the host. */
  private String statusFor(String host) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", odoo.controlUrl().getPort())) {
      String request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("");
    }
  }
}
