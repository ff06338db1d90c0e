package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static io.tillkeeper.api.Till.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A rehearsal of airplane mode, step by step. */
@QuarkusTest
@WithTestResource(TestBox.class)
class RehearsalQuarkusTest {

  private static final String REHEARSALS = "/api/v1/rehearsals";
  private static final int SECONDS = 60;

  @Inject Scene scene;
  @Inject RehearsalStep steps;
  @Inject TestStaging staging;
  @Inject TestClock clock;
  @Inject Modes modes;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.clearFaults();
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
    staging.set(true);
  }

  @AfterEach
  void leaveTheBoxAsItWas() {
    staging.set(false);
    modes.change(Mode.AUTO);
  }

  private static String rehearse(int customers) {
    return json(Map.of("customers", customers, "offlineSeconds", SECONDS))
        .post(REHEARSALS)
        .then()
        .statusCode(202)
        .extract()
        .path("id");
  }

  private static ValidatableResponse get(String id) {
    return given().get(REHEARSALS + "/" + id).then().statusCode(200);
  }

  private static JsonPath read(String id) {
    return get(id).extract().jsonPath();
  }

  private void comeBack() {
    scene.rehearse();
    clock.advance(Duration.ofSeconds(SECONDS));
    scene.rehearse();
  }

  private void arrive() {
    comeBack();
    scene.drain();
  }

  private Partner partnerOf(String id, int number) {
    return odoo.partners().stream()
        .filter(one -> email(id, number).equals(one.value("email")))
        .findFirst()
        .orElseThrow();
  }

  private static String email(String id, int number) {
    return "rehearsal-%s-%d@example.com".formatted(id, number);
  }

  @Test
  void allAreInOdooOnceWithTheRightValuesAndAreArchived() {
    var begun =
        json(Map.of("customers", 20, "offlineSeconds", SECONDS))
            .post(REHEARSALS)
            .then()
            .statusCode(202)
            .body("phase", equalTo("offline"))
            .body("passed", is(nullValue()));
    String id = begun.extract().path("id");
    begun.header("Location", containsString(REHEARSALS + "/" + id));
    given().get("/api/v1/status").then().body("mode", equalTo("offline"));

    scene.rehearse();
    assertThat(scene.drain()).isZero();
    get(id).body("phase", equalTo("offline")).body("accepted", equalTo(20));
    given().get("/api/v1/status").then().body("queue.pending", equalTo(26));
    assertThat(odoo.calls()).isEmpty();

    clock.advance(Duration.ofSeconds(SECONDS));
    scene.rehearse();
    get(id).body("phase", equalTo("delivering")).body("delivered", equalTo(0));
    given().get("/api/v1/status").then().body("mode", equalTo("auto"));

    clock.advance(Duration.ofSeconds(2));
    scene.drain();
    scene.rehearse();
    get(id)
        .body("phase", equalTo("done"))
        .body("passed", equalTo(true))
        .body("cleanedUp", equalTo(true))
        .body("delivered", equalTo(20))
        .body("troubles", hasSize(0))
        .body("checks", hasSize(20))
        .body("checks.found", everyItem(equalTo(1)))
        .body("checks.right", everyItem(equalTo(true)))
        .body("checks.archived", everyItem(equalTo(true)))
        .body("checks.problem", everyItem(is(nullValue())))
        .body("odoo.version", equalTo("19.0"))
        .body("odoo.database", equalTo("shop"));
    assertThat(odoo.partners())
        .hasSize(20)
        .allSatisfy(
            partner -> {
              assertThat(partner.active()).isFalse();
              assertThat(partner.name()).endsWith("(test, may be deleted)");
            })
        .filteredOn(partner -> "A Coruña".equals(partner.value("city")))
        .hasSize(6);
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  @Test
  void theReportIsAPageByItself() {
    var id = rehearse(3);
    arrive();
    scene.rehearse();

    given()
        .get(REHEARSALS + "/" + id + "/report")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header(
            "Content-Security-Policy", startsWith("default-src 'none'; style-src 'unsafe-inline'"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .body(containsString("✔ Passed"))
        .body(containsString("Odoo</dt><dd>19.0 (json-2), database shop"))
        .body(containsString("no. 3 (test, may be deleted)"))
        .body(containsString("0.000 seconds after that"))
        .body(not(containsString("<script")))
        .body(not(matchesPattern("(?s).*%[A-Z]+%.*")));
  }

  @Test
  void afterwardsASearchOnTheTillDoesNotFindThem() {
    rehearse(3);
    arrive();
    given()
        .queryParam("query", "rehearsal")
        .get("/api/v1/customers")
        .then()
        .body("customers", hasSize(3));

    scene.rehearse();

    given()
        .queryParam("query", "rehearsal")
        .get("/api/v1/customers")
        .then()
        .body("customers", hasSize(0));
  }

  @Test
  void whatACashierDoesMeanwhileIsDeliveredAsAlways() {
    var id = rehearse(3);
    scene.rehearse();
    var real = customer(Map.of("name", "Ana", "email", "ana@example.org"));
    arrive();
    scene.rehearse();

    get(id).body("passed", equalTo(true)).body("checks", hasSize(3));
    assertThat(odoo.partnersNamed("Ana"))
        .singleElement()
        .satisfies(ana -> assertThat(ana.active()).isTrue());
    given().get("/api/v1/customers/" + real).then().body("standing", equalTo("delivered"));
    given()
        .queryParam("query", "ana")
        .get("/api/v1/customers")
        .then()
        .body("customers", hasSize(1));
  }

  @Test
  void oneThatOdooHoldsFailsTheRehearsalAndIsGivenUp() {
    var id = rehearse(4);
    var stranger = odoo.create(Map.of("name", "Somebody", "email", email(id, 3)));
    arrive();
    scene.rehearse();
    scene.drain();
    scene.rehearse();

    get(id)
        .body("phase", equalTo("done"))
        .body("passed", equalTo(false))
        .body("delivered", equalTo(3))
        .body("cleanedUp", equalTo(true))
        .body("checks[2].odooId", is(nullValue()))
        .body("checks[2].right", equalTo(false))
        .body("checks[2].problem", startsWith("It was held as duplicate"));
    assertThat(odoo.partner(stranger.id()).orElseThrow().active()).isTrue();
    assertThat(odoo.partners()).filteredOn(Partner::active).hasSize(1);
    given()
        .get("/api/v1/operations?state=discarded")
        .then()
        .body("operations.discarded.by", everyItem(equalTo("rehearsal")))
        .body("operations", hasSize(2));
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  @Test
  void valuesThatAreOtherInOdooAreNoticed() {
    var id = rehearse(2);
    arrive();
    odoo.edit(partnerOf(id, 2).id(), Map.of("street", "Elsewhere", "zip", "1"));
    scene.rehearse();

    get(id)
        .body("passed", equalTo(false))
        .body("checks.right", equalTo(List.of(true, false)))
        .body("checks[1].problem", equalTo("In Odoo these are different: street, zip."))
        .body("checks.archived", everyItem(equalTo(true)));
  }

  @Test
  void aSecondPartnerIsNoticedAndLeftAsItIs() {
    var id = rehearse(2);
    arrive();
    var other = odoo.create(Map.of("name", "Twin", "email", email(id, 1)));
    scene.rehearse();

    get(id)
        .body("passed", equalTo(false))
        .body("checks[0].found", equalTo(2))
        .body("checks.archived", everyItem(equalTo(true)));
    assertThat(odoo.partner(other.id()).orElseThrow().active()).isTrue();
  }

  @Test
  void somebodyRealWhoHasTakenTheExternalIdOverIsNotArchived() {
    var id = rehearse(2);
    arrive();
    var real = odoo.create(Map.of("name", "Real", "email", "real@example.org"));
    odoo.merge(partnerOf(id, 1).id(), real.id());
    scene.rehearse();

    get(id)
        .body("passed", equalTo(false))
        .body("checks.archived", equalTo(List.of(false, true)))
        .body("checks[0].problem", containsString("left as it is"));
    assertThat(odoo.partner(real.id()).orElseThrow().active()).isTrue();
  }

  @Test
  void oneThatCannotBeArchivedIsInTheReportWithItsId() {
    var id = rehearse(2);
    arrive();
    odoo.fault(
        new Fault.OdooException(
            "odoo.exceptions.ValidationError", "No & <script>alert(1)</script>"),
        -1,
        "res.partner.load");
    scene.rehearse();

    var partner = partnerOf(id, 1);
    assertThat(partner.active()).isTrue();
    get(id)
        .body("phase", equalTo("done"))
        .body("passed", equalTo(false))
        .body("checks.archived", everyItem(equalTo(false)))
        .body(
            "checks[0].problem",
            containsString("Partner " + partner.id() + " could not be archived"));
    given()
        .get(REHEARSALS + "/" + id + "/report")
        .then()
        .body(containsString("✘ Not passed"))
        .body(containsString("No &amp; &lt;script&gt;alert(1)&lt;/script&gt;"))
        .body(not(containsString("<script")));
  }

  @Test
  void aLineThatIsLostInTheMiddleIsWaitedFor() {
    var id = rehearse(3);
    arrive();
    odoo.fault(new Fault.Refuse());
    scene.rehearse();
    get(id).body("phase", equalTo("checking"));

    odoo.clearFaults();
    scene.drainPatiently();
    odoo.fault(new Fault.ResetMidAnswer(), 1, "res.partner.load");
    scene.rehearse();
    get(id).body("phase", equalTo("archiving"));
    scene.drainPatiently();
    scene.rehearse();

    get(id).body("phase", equalTo("done")).body("passed", equalTo(true));
  }

  @Test
  void oneThatTakesTooLongFailsAndIsCleanedUpWhenOdooIsBack() {
    var id = rehearse(3);
    comeBack();
    odoo.fault(new Fault.Refuse());
    scene.drain();
    clock.advance(Duration.ofMinutes(10));
    scene.rehearse();
    get(id)
        .body("phase", equalTo("failed"))
        .body("passed", equalTo(false))
        .body("cleanedUp", equalTo(false))
        .body("summary", containsString("within 10 minutes"));
    assertThat(refusal()).contains("not cleaned up yet");

    odoo.clearFaults();
    scene.drainPatiently();
    scene.rehearse();

    get(id)
        .body("phase", equalTo("failed"))
        .body("passed", equalTo(false))
        .body("cleanedUp", equalTo(true))
        .body("checks.right", equalTo(List.of(true, true, true)));
    assertThat(odoo.partners()).hasSize(3).noneMatch(Partner::active);
    rehearse(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "online-only"})
  void theModeIsTheOneBefore(String mode) {
    json(Map.of("mode", mode)).put("/api/v1/mode").then().statusCode(200);
    scene.drain();

    rehearse(2);
    arrive();

    given().get("/api/v1/status").then().body("mode", equalTo(mode));
  }

  @Test
  void somebodyWhoSetsAnotherModeMeanwhileIsObeyed() {
    var id = rehearse(2);
    scene.rehearse();
    json(Map.of("mode", "online-only")).put("/api/v1/mode").then().statusCode(200);
    scene.rehearse();
    scene.drain();
    scene.rehearse();

    get(id)
        .body("phase", equalTo("failed"))
        .body("troubles", hasSize(1))
        .body("checks.archived", everyItem(equalTo(true)));
    given().get("/api/v1/status").then().body("mode", equalTo("online-only"));
  }

  @Test
  void aTillWhoseClockIsSetBackDoesNotStayOffline() {
    var id = rehearse(2);
    scene.rehearse();
    clock.advance(Duration.ofHours(-1));
    scene.rehearse();
    clock.advance(Duration.ofHours(1));

    get(id).body("phase", equalTo("delivering"));
    given().get("/api/v1/status").then().body("mode", equalTo("auto"));
  }

  @Test
  void oneThatIsInterruptedBeforeItAcceptedAnybodyLeavesNothingBehind() {
    var id = rehearse(2);

    steps.resume();
    scene.drain();
    scene.rehearse();

    given()
        .get("/api/v1/status")
        .then()
        .body("mode", equalTo("auto"))
        .body("queue.acceptedTotal", equalTo(0));
    get(id)
        .body("phase", equalTo("failed"))
        .body("passed", equalTo(false))
        .body("cleanedUp", equalTo(true))
        .body("accepted", equalTo(0))
        .body("summary", containsString("interrupted while offline"));
  }

  @Test
  void oneThatIsInterruptedWhileCheckingIsArchivedAllTheSame() {
    var id = rehearse(2);
    arrive();
    odoo.fault(new Fault.Refuse());
    scene.rehearse();
    odoo.clearFaults();
    clock.advance(Duration.ofHours(1));

    steps.resume();
    scene.drainPatiently();
    scene.rehearse();

    get(id)
        .body("phase", equalTo("failed"))
        .body("troubles", hasSize(1))
        .body("checks.archived", equalTo(List.of(true, true)));
  }

  private static String refusal() {
    return json(Map.of())
        .post(REHEARSALS)
        .then()
        .statusCode(409)
        .body("type", equalTo("urn:tillkeeper:problem:rehearsal-not-possible"))
        .extract()
        .path("detail");
  }

  @Test
  void itIsRefusedWhereOdooIsNotForTests() {
    staging.set(false);

    json(Map.of())
        .post(REHEARSALS)
        .then()
        .statusCode(403)
        .body("type", equalTo("urn:tillkeeper:problem:rehearsal-not-allowed"))
        .body("detail", containsString("tillkeeper.rehearsal.staging"));
    given().get(REHEARSALS).then().body("allowed", equalTo(false)).body("reason", not(nullValue()));
    given().get("/api/v1/status").then().body("mode", equalTo("auto"));
  }

  @Test
  void itIsRefusedWhileRealOperationsWait() {
    customer(Map.of("name", "Pending"));
    assertThat(refusal()).contains("on its way");

    scene.drain();
    customer(Map.of("name", "Held", "lang", "xx_XX"));
    scene.drain();
    assertThat(refusal()).contains("waits for a person");
  }

  @Test
  void itIsRefusedWhileAnotherRunsOrTheTillIsOfflineOrOdooIsAway() {
    odoo.fault(new Fault.Refuse());
    customer(Map.of("name", "Ana"));
    scene.drain();
    odoo.clearFaults();
    assertThat(refusal()).contains("on its way");
    scene.drainPatiently();

    json(Map.of("mode", "offline")).put("/api/v1/mode").then().statusCode(200);
    assertThat(refusal()).contains("offline");
    json(Map.of("mode", "auto")).put("/api/v1/mode").then().statusCode(200);
    assertThat(refusal()).contains("Odoo does not answer");
    scene.drain();

    rehearse(1);
    assertThat(refusal()).contains("running");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"customers\": 0}",
        "{\"customers\": 201}",
        "{\"customers\": -1}",
        "{\"customers\": \"5\"}",
        "{\"customers\": 1.5}",
        "{\"offlineSeconds\": -1}",
        "{\"offlineSeconds\": 3601}",
        "{\"seconds\": 1}",
        ""
      })
  void whatIsOutOfRangeIsRefused(String body) {
    json(body).post(REHEARSALS).then().statusCode(400);

    given().get(REHEARSALS).then().body("rehearsals", hasSize(0)).body("reason", is(nullValue()));
  }

  @Test
  void tenCustomersAndHalfAMinuteAreEnoughWhenNothingIsSaid() {
    json(Map.of())
        .post(REHEARSALS)
        .then()
        .statusCode(202)
        .body("customers", equalTo(10))
        .body("offlineSeconds", equalTo(30));
  }

  @Test
  void theLastTwentyAreKept() {
    for (var i = 0; i < 22; i++) {
      clock.advance(Duration.ofSeconds(1));
      json(Map.of("customers", 1, "offlineSeconds", 0)).post(REHEARSALS).then().statusCode(202);
      scene.rehearse();
      scene.drain();
      scene.rehearse();
    }

    var kept = given().get(REHEARSALS).then().extract().jsonPath();
    assertThat(kept.getList("rehearsals.id")).hasSize(20).doesNotHaveDuplicates();
    assertThat(kept.getList("rehearsals.startedAt", String.class))
        .isSortedAccordingTo((one, other) -> other.compareTo(one));
    assertThat(kept.getList("rehearsals.passed")).containsOnly(true);
  }

  @Test
  void twoHundredAreNotTooMany() {
    var id = rehearse(200);
    arrive();
    scene.rehearse();

    assertThat(read(id).getBoolean("passed")).isTrue();
    assertThat(odoo.partners()).hasSize(200).noneMatch(Partner::active);
  }
}
