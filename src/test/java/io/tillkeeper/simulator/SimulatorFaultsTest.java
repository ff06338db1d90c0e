package io.tillkeeper.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each fault over a real socket, and what it leaves behind in Odoo. */
class SimulatorFaultsTest {

  private final Simulator odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
  private final SimulatorClient client = new SimulatorClient(odoo);

  @AfterEach
  void stop() {
    odoo.close();
  }

  @Test
  void refusesConnectionsAndComesBackOnTheSamePort() throws Exception {
    int port = odoo.port();
    odoo.fault(new Fault.Refuse());
    assertThatThrownBy(() -> new Socket("127.0.0.1", port).close())
        .isInstanceOf(ConnectException.class);

    odoo.clearFaults();

    assertThat(odoo.port()).isEqualTo(port);
    assertThat(client.get("/web/health").statusCode()).isEqualTo(200);
  }

  @Test
  void refusingCutsTheConnectionsThatHang() throws Exception {
    odoo.fault(new Fault.HangAfterCommit());
    CompletableFuture<JsonNode> call = loadLater("Zoë");
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    odoo.fault(new Fault.Refuse());

    assertThatThrownBy(() -> SimulatorClient.get(call))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(IOException.class);
  }

  @Test
  void aLostAnswerLeavesThePartnerInOdoo() throws Exception {
    odoo.fault(new Fault.HangAfterCommit(), 1, "res.partner.load");
    CompletableFuture<JsonNode> lost = loadLater("Zoë");
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    assertThat(lost).isNotDone();
    assertThat(odoo.partnersNamed("Zoë")).hasSize(1);
    assertThat(SimulatorClient.get(loadLater("Zoë")).at("/result/ids")).hasSize(1);
    assertThat(odoo.partnersNamed("Zoë")).hasSize(1);
  }

  @Test
  void aCallThatHungBeforeItsCommitIsCommittedWhenReleased() throws Exception {
    odoo.fault(new Fault.HangBeforeCommit(false), 1);
    CompletableFuture<JsonNode> call = loadLater("Zoë");
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);
    assertThat(odoo.partners()).isEmpty();

    odoo.release();

    assertThat(SimulatorClient.get(call).at("/result/ids")).hasSize(1);
    assertThat(odoo.partners()).hasSize(1);
  }

  @Test
  void aCallThatHungIsCommittedAfterItsClientHasGone() throws Exception {
    hangAndGo(true);

    assertThat(odoo.partnersNamed("Zoë")).hasSize(1);
  }

  @Test
  void aCallThatHungIsRolledBackWhenToldSo() throws Exception {
    hangAndGo(false);

    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void aCrashLosesWhatIsNotCommittedAndNothingElse() throws Exception {
    SimulatorClient.get(loadLater("Ana"));
    odoo.fault(new Fault.HangBeforeCommit(true), 1);
    CompletableFuture<JsonNode> call = loadLater("Zoë");
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    odoo.crash();

    assertThatThrownBy(() -> SimulatorClient.get(call)).hasCauseInstanceOf(IOException.class);
    odoo.awaitNoneHeld(SimulatorClient.PATIENCE);
    assertThat(odoo.partners()).extracting(Partner::name).containsExactly("Ana");
    assertThat(client.get("/web/health").statusCode()).isEqualTo(200);
  }

  private void hangAndGo(boolean commitsLater) throws Exception {
    odoo.fault(new Fault.HangBeforeCommit(commitsLater), 1);
    Socket socket = open("Zoë");
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);
    assertThat(odoo.partners()).isEmpty();
    socket.close();
    odoo.awaitNoneHeld(SimulatorClient.PATIENCE);
  }

  @Test
  void resetsTheConnectionInTheMiddleOfTheAnswer() throws Exception {
    odoo.fault(new Fault.ResetMidAnswer(), 1);

    try (Socket socket = open("Zoë")) {
      socket.setSoTimeout((int) SimulatorClient.PATIENCE.toMillis());
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }

    assertThat(odoo.partnersNamed("Zoë")).hasSize(1);
  }

  @Test
  void aCallWhoseConnectionWasCutIsCommittedWhenReleasedUnlessAnotherWasFaster() throws Exception {
    odoo.fault(new Fault.Cut(Fault.Moment.BEFORE_COMMIT, Fault.Manner.BAD_GATEWAY), 2);
    HttpResponse<String> first = client.json2("res.partner", "load", rows("Zoë"));
    client.json2("res.partner", "load", rows("Zoe"));
    assertThat(first.statusCode()).isEqualTo(502);
    assertThat(odoo.partners()).isEmpty();

    odoo.release();

    odoo.awaitNoneHeld(SimulatorClient.PATIENCE);
    assertThat(odoo.partners()).singleElement().extracting(Partner::name).isEqualTo("Zoë");
  }

  @Test
  void aCallThatIsCutBeforeItsRequestNeverArrives() throws Exception {
    odoo.fault(new Fault.Cut(Fault.Moment.BEFORE_REQUEST, Fault.Manner.CLOSE), 1);

    try (Socket socket = open("Zoë")) {
      socket.setSoTimeout((int) SimulatorClient.PATIENCE.toMillis());
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }

    assertThat(odoo.calls()).isEmpty();
  }

  @Test
  void anAnswerThatTricklesArrivesWhole() throws Exception {
    odoo.fault(new Fault.Trickle(Duration.ofMillis(1)), 1);

    assertThat(SimulatorClient.get(loadLater("Zoë")).at("/result/ids")).hasSize(1);
  }

  @Test
  void anUpgradeKeepsThePartnersAndChangesTheProtocols() throws Exception {
    SimulatorClient.get(loadLater("Zoë"));

    odoo.upgrade("18.0");

    assertThat(client.json2("res.partner", "load", rows("Ana")).statusCode()).isEqualTo(404);
    assertThat(odoo.partnersNamed("Zoë")).hasSize(1);
  }

  @Test
  void aBackupThatIsRestoredForgetsWhatCameAfterItAndGivesItsIdsAgain() {
    odoo.create(Map.of("name", "Before"));
    Simulator.Backup backup = odoo.backup();
    long lost = odoo.create(Map.of("name", "After")).id();

    odoo.restore(backup);

    assertThat(odoo.partners()).singleElement().extracting(Partner::name).isEqualTo("Before");
    assertThat(odoo.create(Map.of("name", "New")).id()).isEqualTo(lost);
  }

  @Test
  void raisesTheExceptionThatItIsToldSoManyTimes() throws Exception {
    odoo.fault(new Fault.OdooException("odoo.exceptions.UserError", "No."), 2);

    HttpResponse<String> first = client.json2("res.partner", "load", rows("Zoë"));
    JsonNode second = SimulatorClient.get(loadLater("Zoë"));
    JsonNode third = SimulatorClient.get(loadLater("Zoë"));

    assertThat(first.statusCode()).isEqualTo(422);
    assertThat(SimulatorClient.parse(first.body()).get("name").asText())
        .isEqualTo("odoo.exceptions.UserError");
    assertThat(second.at("/error/data/message").asText()).isEqualTo("No.");
    assertThat(third.at("/result/ids")).hasSize(1);
  }

  @Test
  void anUnknownExceptionIsAServerError() throws Exception {
    odoo.fault(new Fault.OdooException("psycopg2.InterfaceError", "cursor already closed"));

    assertThat(client.json2("res.partner", "load", rows("Zoë")).statusCode()).isEqualTo(500);
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void aConflictSpeaksTheLanguageOfTheServer() throws Exception {
    String words = "n'a pas pu sérialiser un accès à cause d'une mise à jour en parallèle\n";
    odoo.fault(new Fault.Conflict(words), 1);

    JsonNode lost = SimulatorClient.get(loadLater("Zoë")).path("result");

    assertThat(lost.at("/messages/0/message").asText()).isEqualTo(words);
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void answersWithTheHtmlPageOfAnUnknownSite() throws Exception {
    odoo.fault(new Fault.Html404());

    HttpResponse<String> answer = client.json2("res.partner", "load", rows("Zoë"));

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("<!DOCTYPE html>");
    assertThat(odoo.calls()).isEmpty();
  }

  @Test
  void aCaptivePortalAnswersInsteadOfOdoo() throws Exception {
    odoo.fault(new Fault.CaptivePortal(false));
    HttpResponse<String> page = client.json2("res.partner", "load", rows("Zoë"));

    odoo.fault(new Fault.CaptivePortal(true));
    HttpResponse<String> redirect = client.get("/web/health");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(redirect.statusCode()).isEqualTo(302);
    String target = redirect.headers().firstValue("Location").orElseThrow();
    assertThat(client.get(target).body()).contains("Guest Wi-Fi");
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void asksToComeBackLater() throws Exception {
    odoo.fault(new Fault.TooManyRequests(Duration.ofSeconds(7)), 1);

    HttpResponse<String> busy = client.json2("res.partner", "load", rows("Zoë"));

    assertThat(busy.statusCode()).isEqualTo(429);
    assertThat(busy.headers().firstValue("Retry-After")).contains("7");
    assertThat(client.json2("res.partner", "load", rows("Zoë")).statusCode()).isEqualTo(200);
  }

  @Test
  void aSlowLineIsOnlySlow() throws Exception {
    odoo.fault(new Fault.Slow(Duration.ofMillis(20)));

    assertThat(SimulatorClient.get(loadLater("Zoë")).at("/result/ids")).hasSize(1);
  }

  @Test
  void aRevokedKeyOpensNothing() throws Exception {
    odoo.fault(new Fault.WrongKey());

    HttpResponse<String> json2 = client.json2("res.partner", "load", rows("Zoë"));
    JsonNode jsonRpc = SimulatorClient.get(loadLater("Zoë"));

    assertThat(json2.statusCode()).isEqualTo(401);
    assertThat(jsonRpc.at("/error/data/name").asText()).isEqualTo("odoo.exceptions.AccessDenied");
    assertThat(client.get("/web/health?db_server_status=1").statusCode()).isEqualTo(200);
  }

  @Test
  void aDatabaseThatIsDownLooksDifferentInEachProtocol() throws Exception {
    odoo.fault(new Fault.DatabaseDown());

    HttpResponse<String> json2 = client.json2("res.partner", "load", rows("Zoë"));
    JsonNode jsonRpc = SimulatorClient.get(loadLater("Zoë"));

    assertThat(json2.statusCode()).isEqualTo(404);
    assertThat(json2.body()).contains("<title>404");
    assertThat(jsonRpc.at("/error/data/name").asText()).isEqualTo("psycopg2.OperationalError");
    assertThat(client.get("/web/health").statusCode()).isEqualTo(200);
    assertThat(client.get("/web/health?db_server_status=1").statusCode()).isEqualTo(500);
  }

  @Test
  void refusesToCountRefusedConnections() {
    assertThatThrownBy(() -> odoo.fault(new Fault.Refuse(), 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private CompletableFuture<JsonNode> loadLater(String name) {
    return client.loadLater(List.of("id", "name"), List.of(List.of("x.one", name)), true);
  }

  private static Map<String, ?> rows(String name) {
    return Map.of(
        "fields", List.of("id", "name"),
        "data", List.of(List.of("x.one", name)),
        "context", Map.of("mode", "update", "noupdate", true));
  }

  /** Sends a {@code load} over a socket of its own, so that the test decides when it closes. */
  private Socket open(String name) throws IOException {
    byte[] body = Json.text(Json.tree(rows(name))).getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST /json/2/res.partner/load HTTP/1.1\r
        Host: 127.0.0.1\r
        Authorization: bearer %s\r
        Content-Type: application/json\r
        Content-Length: %d\r
        \r
        """
            .formatted(odoo.apiKey(), body.length);
    Socket socket = new Socket("127.0.0.1", odoo.port());
    socket.getOutputStream().write(head.getBytes(StandardCharsets.UTF_8));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return socket;
  }
}
