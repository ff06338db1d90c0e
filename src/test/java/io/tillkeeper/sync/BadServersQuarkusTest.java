package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.OdooServer.Protocol;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An Odoo that restarts, is upgraded, is renamed, or has forgotten its last hours. */
@QuarkusTest
@WithTestResource(
    value = TestBox.class,
    initArgs = @ResourceArg(name = "tillkeeper.odoo.timeout", value = "400ms"))
class BadServersQuarkusTest {

  private static final String LOAD = "res.partner.load";

  @Inject Scene scene;
  @Inject Worker worker;
  @Inject Link link;
  @Inject Modes modes;
  Simulator odoo;

  @BeforeEach
  void begin() {
    begin("19.0");
  }

  private void begin(String version) {
    odoo.upgrade(version);
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
    worker.probe();
    settle();
    assertThat(link.server().orElseThrow().version()).isEqualTo(version);
  }

  @AfterEach
  void asItWas() {
    odoo.clearFaults();
    odoo.release();
    odoo.renameDatabase("shop");
    odoo.upgrade("19.0");
    modes.change(Mode.AUTO);
  }

  private void settle() {
    while (scene.drainPatiently() > 0) {
      // until nothing moves any more
    }
  }

  private Partner only(String name) {
    assertThat(odoo.partnersNamed(name)).hasSize(1);
    return odoo.partnersNamed(name).getFirst();
  }

  private static void assertAllDelivered() {
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  private static int held() {
    return given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations", hasSize(1))
        .extract()
        .path("operations[0].id");
  }

  private static void bringBack(int operation) {
    Till.json(Map.of("by", "Ana", "create", true))
        .post("/api/v1/operations/" + operation + "/resolve")
        .then()
        .statusCode(200)
        .body("state", equalTo("pending"));
  }

  /** The protocol changes with it, and the fields by which twins are searched. */
  @ParameterizedTest
  @CsvSource({"16.0, 18.0", "18.0, 19.0", "16.0, 19.0", "19.0, 18.0", "19.0, 16.0"})
  void anOdooOfAnotherVersionBetweenTwoCallsIsDeliveredTo(String before, String after) {
    begin(before);
    var ref = customer(Map.of("name", "Ana", "phone", "612 34 56 78"));
    scene.drain();
    assertThat(only("Ana").values()).isNotEmpty();

    odoo.upgrade(after);
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    customer(Map.of("name", "Bruno", "phone", "612 34 56 79", "email", "b@example.com"));
    settle();

    assertThat(only("Ana").values()).containsEntry("city", "León");
    assertThat(only("Bruno").externalIds()).hasSize(1);
    assertAllDelivered();
  }

  @Test
  void anUpgradeInAirplaneModeIsSeenWhenItEnds() {
    begin("18.0");
    modes.change(Mode.OFFLINE);
    odoo.upgrade("19.0");

    modes.change(Mode.AUTO);
    customer(Map.of("name", "Ana", "phone", "612 34 56 78"));
    scene.drain();

    assertThat(link.server().orElseThrow().protocol()).isEqualTo(Protocol.JSON_2);
    assertThat(only("Ana").externalIds()).hasSize(1);
    assertAllDelivered();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestartInTheMiddleOfACallIsARestartOfTheCall(boolean committed) throws Exception {
    odoo.fault(
        committed ? new Fault.HangAfterCommit() : new Fault.HangBeforeCommit(false), 1, LOAD);
    var ref = customer(Map.of("name", "Ana", "city", "Soria"));
    var round = new Thread(scene::drain, "test-round");
    round.start();
    odoo.awaitHeld(1, Duration.ofSeconds(10));

    odoo.fault(new Fault.Refuse());
    round.join();
    assertThat(link.isUp()).isFalse();
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    odoo.clearFaults();
    settle();

    assertThat(only("Ana").values()).containsEntry("city", "León");
    assertAllDelivered();
  }

  /** The queue belongs to a database: under another name it is not guessed to be the same. */
  @ParameterizedTest
  @ValueSource(strings = {"18.0", "19.0"})
  void aDatabaseThatWasRenamedBlocksTheLinkAndLosesNothing(String version) {
    begin(version);
    odoo.renameDatabase("shop-2027");
    customer(Map.of("name", "Ana"));
    scene.drain();
    settle();

    assertThat(link.state().code()).isEqualTo("blocked");
    assertThat(link.state().why()).contains(LinkCause.DATABASE);
    given().get("/api/v1/status").then().body("queue.pending", equalTo(1));
    assertThat(odoo.partners()).isEmpty();

    odoo.renameDatabase("shop");
    settle();
    assertThat(only("Ana").externalIds()).hasSize(1);
    assertAllDelivered();
  }

  @Test
  void aCustomerThatWentWithARestoredBackupIsHeldUntilAPersonBringsItBack() {
    var company = customer(Map.of("name", "Company", "is_company", true));
    scene.drain();
    var backup = odoo.backup();
    var ref =
        customer(Map.of("name", "Ana", "city", "Soria", "zip", "42001", "parentRef", company));
    scene.drain();
    assertThat(only("Ana").values()).containsEntry("parent_id", only("Company").id());
    odoo.restore(backup);

    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    Till.update(ref, Map.of("street", "Ancha 1")).then().statusCode(202);
    settle();
    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations[0].held.reason", equalTo("missing"))
        .body("operations[0].held.message", containsString("lost with a restored backup"))
        .body("operations[0].held.words", containsString("created again only if a person says so"));
    assertThat(odoo.partnersNamed("Ana")).isEmpty();

    bringBack(held());
    settle();

    assertThat(only("Ana").externalIds()).containsExactly("__tillkeeper__." + ref);
    assertThat(only("Ana").values())
        .containsEntry("city", "León")
        .containsEntry("street", "Ancha 1")
        .containsEntry("zip", "42001")
        .containsEntry("parent_id", only("Company").id());
    given()
        .get("/api/v1/customers/" + ref)
        .then()
        .body("odooId", equalTo((int) only("Ana").id()))
        .body("standing", equalTo("delivered"));
    assertAllDelivered();
  }

  @Test
  void aCustomerIsBroughtBackOnceWhenTheAnswerIsLost() {
    var company = customer(Map.of("name", "Company", "is_company", true));
    scene.drain();
    var ref = customer(Map.of("name", "Ana", "zip", "42001", "parentRef", company));
    scene.drain();
    odoo.delete(only("Ana").id());
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    scene.drain();

    bringBack(held());
    odoo.fault(new Fault.ResetMidAnswer(), 1, LOAD);
    settle();

    assertThat(only("Ana").values())
        .containsEntry("city", "León")
        .containsEntry("zip", "42001")
        .containsEntry("parent_id", only("Company").id());
    assertAllDelivered();
  }

  /** The back office was faster: there is nothing to bring back, and its values stay. */
  @Test
  void aCustomerThatCameBackByItselfIsOnlyChanged() {
    var backup = odoo.backup();
    var ref = customer(Map.of("name", "Ana", "zip", "42001"));
    scene.drain();
    var later = odoo.backup();
    odoo.restore(backup);
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    scene.drain();
    var operation = held();

    odoo.restore(later);
    odoo.edit(only("Ana").id(), Map.of("zip", "42002"));
    bringBack(operation);
    settle();

    assertThat(only("Ana").values()).containsEntry("city", "León").containsEntry("zip", "42002");
    assertAllDelivered();
  }

  /** PostgreSQL's sequences are restored as well. */
  @Test
  void whoeverIsGivenTheNumberOfALostCustomerIsLeftAlone() {
    var backup = odoo.backup();
    var ref = customer(Map.of("name", "Ana", "zip", "42001"));
    scene.drain();
    odoo.restore(backup);
    var stranger = odoo.create(Map.of("name", "Stranger"));

    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    scene.drain();

    assertThat(only("Stranger").values()).doesNotContainKey("city");
    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations[0].held.reason", equalTo("missing"))
        .body("operations[0].held.words", containsString("is another one by now"));

    bringBack(held());
    settle();
    assertThat(only("Ana").values()).containsEntry("city", "León").containsEntry("zip", "42001");

    // the number is the stranger's for the till too
    Till.update("odoo:" + stranger.id(), Map.of("city", "Vigo")).then().statusCode(202);
    settle();
    assertThat(only("Stranger").values()).containsEntry("city", "Vigo");
    assertThat(only("Ana").values()).containsEntry("city", "León");
    assertAllDelivered();
  }

  @Test
  void aNewCustomerWhoIsGivenTheNumberOfALostOneIsFoundByIt() {
    var backup = odoo.backup();
    customer(Map.of("name", "Ana", "email", "ana@example.com"));
    scene.drain();
    var number = only("Ana").id();
    odoo.restore(backup);
    customer(Map.of("name", "Bruno", "email", "bruno@example.com"));
    scene.drain();
    assertThat(only("Bruno").id()).isEqualTo(number);

    Till.update("odoo:" + number, Map.of("city", "Vigo")).then().statusCode(202);
    settle();

    assertThat(only("Bruno").values()).containsEntry("city", "Vigo");
    assertAllDelivered();
  }

  /** Known by its external id, whatever the back office has made of it. */
  @Test
  void aCustomerOfWhomNothingIsAsItWasIsStillTheSame() {
    var ref = customer(Map.of("name", "Ana", "email", "ana@example.com"));
    scene.drain();
    odoo.edit(only("Ana").id(), Map.of("name", "Anna Ltd", "email", "office@example.com"));

    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    settle();

    assertThat(only("Anna Ltd").values())
        .containsEntry("city", "León")
        .containsEntry("email", "office@example.com");
    assertAllDelivered();
  }

  /** A till that sends the same create again is not a person who decides. */
  @Test
  void theSameCreateSentAgainBringsNobodyBack() {
    var ref = UUID.randomUUID().toString();
    var create = Map.of("ref", ref, "values", Map.of("name", "Ana"));
    int first = accept(create);
    scene.drain();
    odoo.delete(only("Ana").id());

    assertThat(accept(create)).isEqualTo(first);
    settle();

    assertThat(odoo.partnersNamed("Ana")).isEmpty();
    assertAllDelivered();
  }

  private static int accept(Map<String, ?> create) {
    return Till.json(create)
        .post("/api/v1/customers")
        .then()
        .statusCode(202)
        .extract()
        .path("operation.id");
  }

  @Test
  void onlyCreateSettlesAMissingCustomer() {
    var ref = customer(Map.of("name", "Ana"));
    scene.drain();
    odoo.delete(only("Ana").id());
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    scene.drain();

    Till.json(Map.of("by", "Ana", "link", 7))
        .post("/api/v1/operations/" + held() + "/resolve")
        .then()
        .statusCode(422)
        .body("detail", containsString("settled by 'create'"));
  }
}
