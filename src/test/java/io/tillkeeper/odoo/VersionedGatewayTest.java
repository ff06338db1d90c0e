package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.odoo.LoadAnswer.CallRefused;
import io.tillkeeper.odoo.LoadAnswer.Loaded;
import io.tillkeeper.odoo.LoadAnswer.RowsRefused;
import io.tillkeeper.odoo.OdooServer.Protocol;
import io.tillkeeper.odoo.StubServer.Behaviour;
import io.tillkeeper.queue.HeldReason;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionedGatewayTest {

  private static final Behaviour COUNTED = rpc("\"result\": 1");
  private static final Behaviour COUNTED_2 = StubServer.json("1");
  private static final Behaviour DENIED =
      rpc(
          "\"error\": {\"code\": 200, \"message\": \"Odoo Server Error\", \"data\": {\"name\":"
              + " \"odoo.exceptions.AccessDenied\", \"message\": \"Access Denied\"}}");

  private final FakeOdoo odoo = new FakeOdoo("18.0");
  private final StubServer server = new StubServer(odoo);
  private VersionedGateway gateway = gateway(TestConfig.of(server.uri()));

  @TempDir Path folder;

  @AfterEach
  void stop() {
    gateway.close();
    server.close();
  }

  @Test
  void theVersionIsAskedByEachProbeAndTheUserLoggedInOnce() {
    odoo.then(COUNTED);

    gateway.probe();
    gateway.probe();

    assertThat(server.count("version_info")).isEqualTo(2);
    assertThat(server.count("\"authenticate\"")).isEqualTo(1);
    assertThat(server.count("execute_kw")).isEqualTo(2);
  }

  @Test
  void aProbeIsTwoSmallRequests() {
    odoo.then(COUNTED);
    gateway.probe();
    int before = server.requests().size();

    gateway.probe();

    assertThat(server.requests()).hasSize(before + 2);
    assertThat(server.requests().subList(before, before + 2))
        .allSatisfy(request -> assertThat(request.body()).hasSizeLessThan(300));
  }

  /** Nobody called it while it was upgraded, so the link was never lost. */
  @Test
  void anUpgradeThatNobodySawIsFoundByTheNextProbe() {
    odoo.then(COUNTED, COUNTED_2);
    assertThat(gateway.probe().protocol()).isEqualTo(OdooServer.Protocol.JSON_RPC);
    odoo.version = FakeOdoo.serving("19.0");

    OdooServer upgraded = gateway.probe();

    assertThat(upgraded.version()).isEqualTo("19.0");
    assertThat(upgraded.protocol()).isEqualTo(OdooServer.Protocol.JSON_2);
  }

  @Test
  void aProbeOfAServerThatCannotWorkIsOneSmallRequestToo() {
    odoo.version = StubServer.answer(503, "text/html", "");

    assertThat(lost()).isEqualTo(LinkCause.ODOO_DOWN);
    assertThat(lost()).isEqualTo(LinkCause.ODOO_DOWN);

    assertThat(server.requests())
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.body()).hasSizeLessThan(100));
  }

  @Test
  void workersSideBySideShareOneLogIn() throws ExecutionException, InterruptedException {
    odoo.then(COUNTED);
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<OdooServer>> probes =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      workers.submit(
                          () -> {
                            start.await();
                            return gateway.probe();
                          }))
              .toList();
      start.countDown();
      for (Future<OdooServer> probe : probes) {
        assertThat(probe.get().version()).isEqualTo("18.0");
      }
    }
    assertThat(server.count("version_info")).isEqualTo(1);
    assertThat(server.count("\"authenticate\"")).isEqualTo(1);
  }

  @Test
  @Timeout(20)
  void workersSideBySideShareOneFailure() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answer = new CountDownLatch(1);
    odoo.version =
        (request, connection) -> {
          asked.countDown();
          await(answer);
          StubServer.reset().answer(request, connection);
        };
    List<LinkCause> causes = new CopyOnWriteArrayList<>();
    Thread first = Thread.ofPlatform().start(() -> causes.add(lost()));
    asked.await();
    Thread second = Thread.ofPlatform().start(() -> causes.add(lost()));
    while (second.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    answer.countDown();
    first.join();
    second.join();

    assertThat(causes).containsExactly(LinkCause.BROKEN, LinkCause.BROKEN);
    assertThat(server.count("version_info")).isEqualTo(1);
    assertThat(lost()).isEqualTo(LinkCause.BROKEN);
    assertThat(server.count("version_info")).isEqualTo(2);
  }

  @Test
  void aLostLinkForgetsTheVersionAndKeepsTheLogIn() {
    odoo.then(COUNTED, StubServer.reset(), COUNTED);

    gateway.probe();
    assertThat(lost()).isEqualTo(LinkCause.BROKEN);
    gateway.probe();

    assertThat(server.count("version_info")).isEqualTo(3);
    assertThat(server.count("\"authenticate\"")).isEqualTo(1);
  }

  @Test
  void aRefusedKeyForgetsTheLogIn() {
    odoo.then(COUNTED, DENIED, COUNTED);

    gateway.probe();
    assertThat(lost()).isEqualTo(LinkCause.KEY);
    gateway.probe();

    assertThat(server.count("\"authenticate\"")).isEqualTo(2);
  }

  @Test
  void anUpgradeDuringAnOutageIsFollowed() {
    odoo.then(COUNTED, StubServer.answer(502, "text/html", "<html>"), COUNTED_2);

    assertThat(gateway.probe().protocol()).isEqualTo(Protocol.JSON_RPC);
    assertThat(lost()).isEqualTo(LinkCause.ODOO_DOWN);
    odoo.version = FakeOdoo.serving("19.0");

    assertThat(gateway.probe()).isEqualTo(new OdooServer("19.0", Protocol.JSON_2, "shop"));
    StubServer.Request last = server.requests().getLast();
    assertThat(last.path()).isEqualTo("/json/2/res.partner/search_count");
    assertThat(last.headers())
        .containsEntry("authorization", "bearer " + TestConfig.KEY)
        .containsEntry("x-odoo-database", "shop");
  }

  @ParameterizedTest
  @CsvSource({"16.0, JSON_RPC", "saas~18.2, JSON_RPC", "19.0, JSON_2", "20.0, JSON_2"})
  void theVersionDecidesTheProtocol(String version, Protocol protocol) {
    odoo.version = FakeOdoo.serving(version);
    odoo.then(protocol == Protocol.JSON_2 ? COUNTED_2 : COUNTED);

    assertThat(gateway.probe()).isEqualTo(new OdooServer(version, protocol, "shop"));
  }

  @Test
  void anOdooThatIsTooOldIsSaidToBe() {
    odoo.version = FakeOdoo.serving("15.0");

    LinkLost lost = catchThrowableOfType(LinkLost.class, gateway::probe);

    assertThat(lost.linkCause()).isEqualTo(LinkCause.UNSUPPORTED);
    assertThat(lost).hasMessageContaining("15.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"jsonrpc\": \"2.0\", \"result\": \"<html>\"}",
        "{\"status\": \"ok\"}",
        "{\"result\": {}}",
        "7"
      })
  void jsonOfSomebodyElseIsNotOdoo(String body) {
    odoo.version = StubServer.json(body);
    assertThat(lost()).isEqualTo(LinkCause.CAPTIVE_PORTAL);
    odoo.version = FakeOdoo.serving("18.0");
    odoo.then(StubServer.json(body));
    assertThat(lost()).isEqualTo(LinkCause.CAPTIVE_PORTAL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[36]",
        "true",
        "{\"ids\": true, \"messages\": []}",
        "{\"ids\": [], \"messages\": []}",
        "{\"ids\": [1], \"messages\": []}",
        "{\"ids\": [1, 2, 3], \"messages\": []}",
        "{\"ids\": [1, false], \"messages\": []}",
        "{\"ids\": [1, \"2\"], \"messages\": []}",
        "{\"ids\": [1, 0], \"messages\": []}",
        "{\"ids\": false, \"messages\": []}",
        "{\"ids\": false}",
      })
  void aLoadIsASuccessOnlyWhenEveryRowHasAnId(String result) {
    odoo.version = FakeOdoo.serving("19.0");
    odoo.then(StubServer.json(result));

    LinkLost lost =
        catchThrowableOfType(LinkLost.class, () -> gateway.createIfAbsent(Customers.partners(2)));

    assertThat(lost.linkCause()).isEqualTo(LinkCause.CAPTIVE_PORTAL);
  }

  @Test
  void anErrorWithoutARowRefusesTheCall() {
    odoo.version = FakeOdoo.serving("19.0");
    odoo.then(
        StubServer.json(
            "{\"ids\": false, \"messages\": [{\"type\": \"error\", \"message\": \"So not\"}]}"));

    assertThat(gateway.createIfAbsent(Customers.partners(2)))
        .isEqualTo(new CallRefused(HeldReason.REJECTED, "So not"));
  }

  @Test
  void aRequestThatIsTooLargeIsRefusedAndTheLinkStays() {
    odoo.version = FakeOdoo.serving("19.0");
    odoo.then(StubServer.answer(413, "text/html", "<html>"));

    assertThat(gateway.createIfAbsent(Customers.partners(2)))
        .isInstanceOfSatisfying(
            CallRefused.class, r -> assertThat(r.reason()).isEqualTo(HeldReason.REJECTED));
  }

  @Test
  void aRaceInAnotherLanguageIsRepeatedToo() {
    odoo.version = FakeOdoo.serving("19.0");
    String refusal =
        """
        {"ids": false, "nextrow": 0, "messages": [{"rows": {"from": 0, "to": 0}, "record": 0,
        "type": "error", "message": "Zugriff nicht serialisierbar"}]}""";
    odoo.then(StubServer.json(refusal), StubServer.json("{\"ids\": [4], \"messages\": []}"));

    assertThat(gateway.createIfAbsent(Customers.partners(1))).isEqualTo(new Loaded(List.of(4L)));
  }

  @Test
  void aRefusalWithAFieldIsNotRepeated() {
    odoo.version = FakeOdoo.serving("19.0");
    odoo.then(
        StubServer.json(
            """
            {"ids": false, "messages": [{"record": 0, "type": "error", "field": "lang",
            "message": "No"}]}"""));

    assertThat(gateway.update(List.of(Customers.change(1)))).isInstanceOf(RowsRefused.class);
    assertThat(server.count("/load")).isEqualTo(1);
  }

  @Test
  void theContextSaysHowToCreateAndForWhichCompanies() {
    odoo.version = FakeOdoo.serving("19.0");
    odoo.then(StubServer.json("{\"ids\": [4], \"messages\": []}"));
    gateway.close();
    gateway = gateway(TestConfig.of(server.uri()).withCompanies(3L, 1L));

    gateway.createIfAbsent(Customers.partners(1));
    assertThat(server.requests().getLast().body())
        .contains(
            "\"context\":{\"allowed_company_ids\":[3,1],\"mode\":\"update\",\"noupdate\":true,"
                + "\"tracking_disable\":true}");
    gateway.update(List.of(Customers.change(4)));
    assertThat(server.requests().getLast().body())
        .isEqualTo(
            "{\"fields\":[\".id\",\"city\"],\"data\":[[\"4\",\"Brest\"]],"
                + "\"context\":{\"allowed_company_ids\":[3,1],\"active_test\":false}}");
  }

  @Test
  void aMissingLoginIsNamed() {
    gateway.close();
    gateway = gateway(TestConfig.of(server.uri()).withoutLogin());

    LinkLost lost = catchThrowableOfType(LinkLost.class, gateway::probe);

    assertThat(lost.linkCause()).isEqualTo(LinkCause.KEY);
    assertThat(lost).hasMessageContaining("tillkeeper.odoo.login");
  }

  private Path keyFile(String content) throws IOException {
    var file = Files.writeString(folder.resolve("key"), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void aNewKeyInTheFileIsTakenUpWithoutARestart() throws IOException {
    Path file = keyFile("old-key\nignored\n");
    gateway.close();
    gateway = gateway(TestConfig.of(server.uri()).withKeyFile(file));
    odoo.then(COUNTED, DENIED, COUNTED, DENIED);

    gateway.probe();
    assertThat(server.count("\"old-key\"")).isEqualTo(2);
    Files.writeString(file, "new-key\n");
    assertThat(lost()).isEqualTo(LinkCause.KEY);
    gateway.probe();

    assertThat(server.requests().getLast().body()).contains("\"new-key\"");
    assertThat(server.count("ignored")).isZero();
    Files.delete(file);
    assertThat(lost()).isEqualTo(LinkCause.KEY);
    assertThat(lost()).isEqualTo(LinkCause.KEY);
  }

  @Test
  void aFileThatIsWrittenAnewIsReadThoughTheOldKeyIsStillGood() throws IOException {
    Path file = keyFile("old-key\n");
    gateway.close();
    gateway = gateway(TestConfig.of(server.uri()).withKeyFile(file));
    odoo.then(COUNTED, COUNTED);

    gateway.probe();
    Files.writeString(file, "new-key\n");
    // further than two times of a file system can be taken for one
    Files.setLastModifiedTime(
        file, FileTime.from(Files.getLastModifiedTime(file).toInstant().plusSeconds(10)));
    gateway.probe();

    assertThat(server.requests().getLast().body()).contains("\"new-key\"");
  }

  @Test
  void theProbeIsPatientWithADatabaseThatIsJustBack() {
    String gone =
        "\"error\": {\"code\": 200, \"data\": {\"name\": \"psycopg2.InterfaceError\","
            + " \"message\": \"cursor already closed\"}}";
    odoo.health = StubServer.json("{\"status\": \"pass\", \"db_server_status\": true}");
    odoo.then(rpc(gone), COUNTED);

    assertThat(gateway.probe().version()).isEqualTo("18.0");
  }

  @Test
  void aMissingRightLeavesTheLinkUp() {
    odoo.then(
        rpc(
            "\"error\": {\"code\": 200, \"data\": {\"name\": \"odoo.exceptions.AccessError\","
                + " \"message\": \"No\"}}"));

    assertThat(gateway.probe().version()).isEqualTo("18.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"18.0", "19.0"})
  void theKeyIsInNoMessage(String version) {
    odoo.version = FakeOdoo.serving(version);
    String echo =
        "{\"name\": \"builtins.TypeError\", \"message\": \"%1$s and %1$s\"}"
            .formatted(TestConfig.KEY);
    odoo.then(
        version.equals("19.0")
            ? StubServer.answer(500, "application/json", echo)
            : rpc("\"error\": {\"code\": 0, \"data\": %s}".formatted(echo)));

    assertThat(gateway.createIfAbsent(Customers.partners(1)))
        .isEqualTo(new CallRefused(HeldReason.REJECTED, "*** and ***"));
    LinkLost lost = catchThrowableOfType(LinkLost.class, gateway::probe);
    assertThat(stackTrace(lost)).doesNotContain(TestConfig.KEY);
  }

  @Test
  void aKeyThatFitsInNoHeaderIsNotQuoted() throws IOException {
    odoo.version = FakeOdoo.serving("19.0");
    Path file = keyFile("bad\u0007canary");
    gateway.close();
    gateway = gateway(TestConfig.of(server.uri()).withKeyFile(file));

    LinkLost lost = catchThrowableOfType(LinkLost.class, gateway::probe);

    assertThat(lost.linkCause()).isEqualTo(LinkCause.KEY);
    assertThat(stackTrace(lost)).doesNotContain("canary");
    assertThat(ApiKey.of("canary").orElseThrow()).hasToString("***");
  }

  @Test
  void customersAreInNoMessage() {
    odoo.then(rpc("\"result\": {\"ids\": \"canary\"}"), StubServer.json("{\"canary"));
    PartnerChange change =
        new PartnerChange(1, Customers.values(Map.of("email", new FieldValue.Text("canary"))));
    for (int i = 0; i < 2; i++) {
      LinkLost lost = catchThrowableOfType(LinkLost.class, () -> gateway.update(List.of(change)));
      assertThat(stackTrace(lost)).doesNotContain("canary");
    }
  }

  @Test
  void withoutAServerThereIsAGatewayThatIsNeverCalled() {
    gateway.close();
    gateway = gateway(TestConfig.of(server.uri()).withoutUrl());

    assertThatIllegalStateException()
        .isThrownBy(gateway::probe)
        .withMessageContaining("tillkeeper.odoo.url");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private LinkCause lost() {
    return catchThrowableOfType(LinkLost.class, gateway::probe).linkCause();
  }

  private static VersionedGateway gateway(OdooConfig config) {
    return new VersionedGateway(config, "test", InstantSource.system());
  }

  private static Behaviour rpc(String part) {
    return StubServer.json("{\"jsonrpc\": \"2.0\", \"id\": 1, %s}".formatted(part));
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
