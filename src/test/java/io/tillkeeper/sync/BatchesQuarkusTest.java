package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.queue.Acceptance;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Right;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Batches, merging and twins, from the API to Odoo and back. */
@QuarkusTest
@WithTestResource(TestBox.class)
class BatchesQuarkusTest {

  @Inject Scene scene;
  @Inject OperationQueue queue;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  @AfterEach
  void giveRightsBack() {
    odoo.grant(Right.CREATE);
  }

  /** A create without HTTP, for many of them. */
  private void accept(Map<String, Object> values) {
    var ref = UUID.randomUUID();
    queue.accept(
        new Acceptance(
            OperationKind.CREATE,
            new CustomerAddress.ByRef(ref),
            CustomerChange.read(values),
            null,
            null,
            null,
            null,
            ref));
  }

  private static int update(String ref, Map<String, ?> values, Map<String, ?> base) {
    return Till.json(
            base.isEmpty() ? Map.of("values", values) : Map.of("values", values, "base", base))
        .patch("/api/v1/customers/" + ref)
        .then()
        .statusCode(202)
        .extract()
        .path("operation.id");
  }

  private long idOf(String name) {
    return odoo.partnersNamed(name).getFirst().id();
  }

  @Test
  void aThousandCustomersTravelInAtMostTwelveCalls() {
    for (var n = 0; n < 1000; n++) {
      accept(Map.of("name", "Customer " + n, "email", "c%d@example.com".formatted(n)));
    }
    odoo.resetCalls();

    scene.drain();

    assertThat(odoo.partners()).hasSize(1000);
    assertThat(odoo.calls()).hasSizeLessThanOrEqualTo(12);
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  @Test
  void oneBadRowCostsAHandfulOfCallsAndIsHeldAlone() {
    for (var n = 0; n < 99; n++) {
      accept(Map.of("name", "Customer " + n, "lang", "en_US"));
    }
    customer(Map.of("name", "Bad", "lang", "xx_XX"));

    scene.drain();

    assertThat(odoo.partners()).hasSize(99);
    assertThat(odoo.calls("res.partner.load")).isLessThanOrEqualTo(6);
    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations", hasSize(1))
        .body("operations[0].values.name", equalTo("Bad"));
  }

  @Test
  void whatThousandsHaveInCommonDoesNotHideTheTwinOfAnother() {
    for (var n = 0; n < 2_000; n++) {
      odoo.create(Map.of("name", "Customer " + n, "email", "nobody@example.com"));
    }
    odoo.create(Map.of("name", "Zoë", "vat", "ESB1234"));
    customer(Map.of("name", "As typed", "vat", "ESB1234"));
    customer(Map.of("name", "Eva", "email", "nobody@example.com"));

    scene.drain();

    assertThat(odoo.partnersNamed("As typed")).isEmpty();
    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations", hasSize(1))
        .body("operations[0].values.name", equalTo("Eva"))
        .body("operations[0].candidates", hasSize(100));
  }

  @Test
  void aBarcodeThatTwoCustomersShareIsOneCustomersAndATwinOfTheOther() {
    customer(Map.of("name", "First", "barcode", "042"));
    customer(Map.of("name", "Second", "barcode", "042", "city", "León"));

    scene.drain();

    assertThat(odoo.partners()).hasSize(1);
    assertThat(odoo.partnersNamed("First").getFirst().values())
        .containsEntry("barcode", "042")
        .containsEntry("city", "León");
  }

  @Test
  void aMissingRightHoldsEachOperationAndTheLinkStaysUp() {
    odoo.revoke(Right.CREATE);
    customer(Map.of("name", "First"));
    customer(Map.of("name", "Second"));

    scene.drain();

    given().get("/api/v1/operations?state=held").then().body("operations", hasSize(2));
    given().get("/api/v1/status").then().body("link.state", equalTo("up"));
  }

  @Test
  void consecutiveOperationsOfOneCustomerTravelAsOneAndEachHasItsOutcome() {
    var ref = customer(Map.of("name", "Ana"));
    update(ref, Map.of("city", "Leon"), Map.of());
    update(ref, Map.of("city", "León"), Map.of());

    scene.drain();

    assertThat(odoo.calls("res.partner.load")).isEqualTo(1);
    assertThat(odoo.partnersNamed("Ana").getFirst().values()).containsEntry("city", "León");
    given()
        .get("/api/v1/operations?customer=" + ref)
        .then()
        .body("operations.state", contains("delivered", "delivered", "delivered"))
        .body("operations.history.size()", equalTo(3));
  }

  @Test
  void whichOfSeveralThatTravelAsOneIsAtFaultIsFound() {
    var ref = customer(Map.of("name", "Ana"));
    update(ref, Map.of("city", "León"), Map.of());
    update(ref, Map.of("lang", "xx_XX"), Map.of());
    update(ref, Map.of("zip", "24001"), Map.of());

    scene.drain();

    given()
        .get("/api/v1/operations?customer=" + ref)
        .then()
        .body("operations.state", contains("delivered", "delivered", "held", "pending"));
    assertThat(odoo.partnersNamed("Ana").getFirst().values())
        .containsEntry("city", "León")
        .doesNotContainKey("zip");
  }

  @Test
  void whatTheBackOfficeChangedAndTheTillDidNotIsLeftAlone() {
    var ref = customer(Map.of("name", "Ana", "city", "Leon", "zip", "24001"));
    scene.drain();
    odoo.edit(idOf("Ana"), Map.of("zip", "24002"));

    update(ref, Map.of("city", "León", "zip", "24001"), Map.of());
    scene.drain();

    assertThat(odoo.partnersNamed("Ana").getFirst().values())
        .containsEntry("city", "León")
        .containsEntry("zip", "24002");
    given().get("/api/v1/customers/" + ref).then().body("values.zip", equalTo("24002"));
  }

  @Test
  void aConflictOverANameIsHeldWithTheThreeValuesAndOneOverACityIsTheTills() {
    var ref = customer(Map.of("name", "Ana", "city", "Leon"));
    scene.drain();
    var id = idOf("Ana");
    odoo.edit(id, Map.of("name", "Anna", "city", "Lugo"));

    var city = update(ref, Map.of("city", "León"), Map.of());
    scene.drain();
    var name = update(ref, Map.of("name", "Ana María"), Map.of());
    scene.drain();

    given()
        .get("/api/v1/operations/" + city)
        .then()
        .body("state", equalTo("delivered"))
        .body("disputes[0].field", equalTo("city"))
        .body("disputes[0].base", equalTo("Leon"))
        .body("disputes[0].till", equalTo("León"))
        .body("disputes[0].odoo", equalTo("Lugo"))
        .body("disputes[0].decision", equalTo("till"));
    given()
        .get("/api/v1/operations/" + name)
        .then()
        .body("state", equalTo("held"))
        .body("held.reason", equalTo("conflict"))
        .body("held.field", equalTo("name"))
        .body("disputes[0].base", equalTo("Ana"))
        .body("disputes[0].till", equalTo("Ana María"))
        .body("disputes[0].odoo", equalTo("Anna"));
    assertThat(odoo.partner(id).orElseThrow().values())
        .containsEntry("name", "Anna")
        .containsEntry("city", "León");
  }

  @Test
  void whatTheTillSaysTheCashierSawIsTheBase() {
    var known = odoo.create(Map.of("name", "Known", "email", "new@example.com"));

    var id =
        update(
            "odoo:" + known.id(),
            Map.of("email", "till@example.com"),
            Map.of("email", "old@example.com"));
    scene.drain();

    given()
        .get("/api/v1/operations/" + id)
        .then()
        .body("held.reason", equalTo("conflict"))
        .body("disputes[0].base", equalTo("old@example.com"));
  }

  @Test
  void aRepeatedUpdateAfterALostAnswerDoesNotTouchWhatTheBackOfficeDidSince() {
    var ref = customer(Map.of("name", "Ana", "city", "Leon"));
    scene.drain();
    odoo.fault(new Fault.ResetMidAnswer(), 1, "res.partner.load");
    update(ref, Map.of("city", "León"), Map.of());
    scene.drain();
    odoo.edit(idOf("Ana"), Map.of("zip", "24001"));

    scene.drainPatiently();

    assertThat(odoo.partnersNamed("Ana").getFirst().values())
        .containsEntry("city", "León")
        .containsEntry("zip", "24001");
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  @Test
  void aNewCustomerWithAKnownVatIsThatPartnerAndOnlyWhatIsEmptyIsFilled() {
    var known = odoo.create(Map.of("name", "Known", "vat", "ESB1234", "city", "Vigo"));

    var ref =
        customer(Map.of("name", "As typed", "vat", "es b-1234", "city", "León", "zip", "24001"));
    scene.drain();

    assertThat(odoo.partners()).hasSize(1);
    assertThat(odoo.partner(known.id()).orElseThrow().values())
        .containsEntry("name", "Known")
        .containsEntry("city", "Vigo")
        .containsEntry("zip", "24001");
    given()
        .get("/api/v1/customers/" + ref)
        .then()
        .body("odooId", equalTo((int) known.id()))
        .body("values.name", equalTo("Known"));
  }

  @Test
  void aNewCustomerWithAKnownPhoneIsHeldWithThePartnerBesideIt() {
    var known = odoo.create(Map.of("name", "Known", "phone", "+34612345678", "country_id", 68));

    customer(Map.of("name", "Perhaps the same", "phone", "612 34 56 78"));
    scene.drain();

    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations[0].held.reason", equalTo("duplicate"))
        .body("operations[0].candidates[0].odooId", equalTo((int) known.id()))
        .body("operations[0].candidates[0].matchedBy", contains("phone"))
        .body("operations[0].candidates[0].values.name", equalTo("Known"));
    assertThat(odoo.partners()).hasSize(1);
  }

  @Test
  void onePersonEnteredTwiceWhileOfflineEndsAsOnePartner() {
    odoo.fault(new Fault.Refuse());
    var person = Map.of("name", "Ana", "email", "ana@example.com", "phone", "612 34 56 78");
    var first = customer(person);
    var again = new HashMap<String, Object>(person);
    again.put("city", "León");
    var second = customer(again);
    scene.drain();

    odoo.clearFaults();
    scene.drainPatiently();

    assertThat(odoo.partnersNamed("Ana"))
        .singleElement()
        .satisfies(partner -> assertThat(partner.values()).containsEntry("city", "León"));
    int odooId = given().get("/api/v1/customers/" + first).path("odooId");
    given().get("/api/v1/customers/" + second).then().body("odooId", equalTo(odooId));
  }

  @Test
  void aCreateWhoseAnswerWasLostIsNotTakenForItsOwnTwin() {
    odoo.fault(new Fault.ResetMidAnswer(), 1, "res.partner.load");
    var ref = customer(Map.of("name", "Ana", "phone", "612 34 56 78"));
    scene.drain();
    update(ref, Map.of("city", "León"), Map.of());

    scene.drainPatiently();

    assertThat(odoo.partnersNamed("Ana"))
        .singleElement()
        .satisfies(partner -> assertThat(partner.values()).containsEntry("city", "León"));
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  @Test
  void aContactOfACompanyWithTheSamePhoneIsNotItsTwin() {
    var company = customer(Map.of("name", "Company", "is_company", true, "phone", "612 34 56 78"));
    customer(Map.of("name", "Contact", "parentRef", company, "phone", "612 34 56 78"));

    scene.drain();

    assertThat(odoo.partnersNamed("Contact").getFirst().values())
        .containsEntry("parent_id", idOf("Company"));
  }

  @Test
  void aChangeOfAPartnerThatOdooNeverHadIsHeld() {
    var id = update("odoo:99999", Map.of("city", "León"), Map.of());

    scene.drain();

    given()
        .get("/api/v1/operations/" + id)
        .then()
        .body("state", equalTo("held"))
        .body("held.reason", equalTo("missing"));
  }

  @Test
  void aPartnerThatMayNotBeReadIsHeldAsForbidden() {
    var known = odoo.create(Map.of("name", "Known"));
    odoo.revoke(Right.READ);
    try {
      var id = update("odoo:" + known.id(), Map.of("city", "León"), Map.of());
      scene.drain();

      given()
          .get("/api/v1/operations/" + id)
          .then()
          .body("held.reason", equalTo("forbidden"))
          .body("held.message", equalTo("The user of the API key may not do this in Odoo."));
    } finally {
      odoo.grant(Right.READ);
    }
  }
}
