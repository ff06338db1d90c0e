package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasEntry;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Right;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person can do about each reason for which an operation is held. */
@QuarkusTest
@WithTestResource(TestBox.class)
class DecisionResourceQuarkusTest {

  @Inject Scene scene;
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

  private static int create(Map<String, ?> values) {
    return accepted(Till.create(values));
  }

  private static int update(String ref, Map<String, ?> values) {
    return accepted(Till.update(ref, values));
  }

  private static int accepted(Response response) {
    return response.then().statusCode(202).extract().path("operation.id");
  }

  private static ValidatableResponse operation(int id) {
    return given().get("/api/v1/operations/" + id).then().statusCode(200);
  }

  private static String refOf(int id) {
    return operation(id).extract().path("customer.ref");
  }

  private static ValidatableResponse decide(int id, String decision, Map<String, ?> body) {
    return given()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/operations/%d/%s".formatted(id, decision))
        .then();
  }

  /** A customer whose name the till and the back office both changed. */
  private int conflict() {
    var create = create(Map.of("name", "Ana"));
    scene.drain();
    odoo.edit(odoo.partnersNamed("Ana").getFirst().id(), Map.of("name", "Anna"));
    var update = update(refOf(create), Map.of("name", "Ana María", "city", "León"));
    scene.drain();
    operation(update).body("held.reason", equalTo("conflict"));
    return update;
  }

  private int duplicate(Map<String, ?> known, Map<String, ?> values) {
    odoo.create(known);
    var create = create(values);
    scene.drain();
    operation(create).body("held.reason", equalTo("duplicate"));
    return create;
  }

  @Test
  void aRejectedOperationIsSentAgainWithCorrectedValues() {
    var id = create(Map.of("name", "Ana", "lang", "xx_XX"));
    scene.drain();

    decide(id, "retry", Map.of("by", "Zoë", "values", Map.of("lang", "en_US", "city", "León")))
        .statusCode(200)
        .body("state", equalTo("pending"));
    scene.drain();

    operation(id)
        .body("state", equalTo("delivered"))
        .body("values.lang", equalTo("xx_XX"))
        .body("corrected.lang", equalTo("en_US"))
        .body("history.event", contains("accepted", "held", "retried", "delivered"))
        .body("history[2].by", equalTo("Zoë"))
        .body("history[2].detail", equalTo("corrected"));
    assertThat(odoo.partnersNamed("Ana").getFirst().values())
        .containsEntry("lang", "en_US")
        .containsEntry("city", "León");
  }

  @Test
  void whatIsForbiddenIsSentAgainForAllOnceTheRightIsThere() {
    odoo.revoke(Right.CREATE);
    var first = create(Map.of("name", "Ana"));
    var second = create(Map.of("name", "Bea"));
    scene.drain();
    String reason = operation(first).extract().path("held.reason");
    odoo.grant(Right.CREATE);

    given()
        .contentType("application/json")
        .body(Map.of("by", "Zoë", "reason", reason))
        .post("/api/v1/operations/retry")
        .then()
        .statusCode(200)
        .body("retried", equalTo(2));
    scene.drain();

    operation(first).body("state", equalTo("delivered"));
    operation(second).body("state", equalTo("delivered"));
  }

  @Test
  void noSideAtAllSettlesNothing() {
    var none = Map.of("by", "Zoë", "fields", Collections.singletonMap("name", null));

    decide(conflict(), "resolve", none).statusCode(400).body("field", equalTo("fields"));
  }

  @ParameterizedTest
  @CsvSource({"mine, Ana María", "theirs, Anna"})
  void aConflictIsSettledFieldByField(String side, String name) {
    var id = conflict();

    decide(id, "resolve", Map.of("by", "Zoë", "fields", Map.of("name", side))).statusCode(200);
    scene.drain();

    operation(id)
        .body("state", equalTo("delivered"))
        .body("disputes[0].decision", equalTo(side.equals("mine") ? "till" : "odoo"))
        .body("history.event", contains("accepted", "held", "resolved", "delivered"));
    assertThat(odoo.partnersNamed(name).getFirst().values()).containsEntry("city", "León");
  }

  @Test
  void aDuplicateIsLinkedToThePartnerAPersonNames() {
    var id =
        duplicate(
            Map.of("name", "Known", "phone", "+34612345678"),
            Map.of("name", "Typed", "phone", "612 345 678", "city", "León"));
    var known = odoo.partnersNamed("Known").getFirst().id();

    decide(id, "resolve", Map.of("by", "Zoë", "link", known)).statusCode(200);
    scene.drain();

    operation(id).body("state", equalTo("delivered")).body("customer.odooId", equalTo((int) known));
    assertThat(odoo.partners())
        .singleElement()
        .satisfies(
            partner ->
                assertThat(partner.values())
                    .contains(Map.entry("name", "Known"), Map.entry("city", "León")));
  }

  @Test
  void aDuplicateIsCreatedAnywayWhenAPersonSaysSo() {
    var id =
        duplicate(
            Map.of("name", "Mother", "phone", "+34612345678"),
            Map.of("name", "Daughter", "phone", "612 345 678"));

    decide(id, "resolve", Map.of("by", "Zoë", "create", true)).statusCode(200);
    scene.drain();

    operation(id).body("state", equalTo("delivered"));
    assertThat(odoo.partnersNamed("Daughter")).hasSize(1);
  }

  @Test
  void whatIsGivenUpIsNotSentAndTheLaneGoesOn() {
    var create = create(Map.of("name", "Ana"));
    scene.drain();
    var bad = update(refOf(create), Map.of("lang", "xx_XX"));
    var good = update(refOf(create), Map.of("city", "León"));
    scene.drain();
    operation(good).body("state", equalTo("pending"));

    decide(bad, "discard", Map.of("by", "Zoë", "reason", "typed by mistake"))
        .statusCode(200)
        .body("state", equalTo("discarded"))
        .body("discarded", hasEntry("reason", "typed by mistake"))
        .body("discarded", hasEntry("by", "Zoë"));
    scene.drain();

    operation(good).body("state", equalTo("delivered"));
    given()
        .get("/api/v1/status")
        .then()
        .body("allDelivered", equalTo(true))
        .body("queue.discardedTotal", equalTo(1))
        .body("queue.deliveredTotal", equalTo(2));
  }

  @Test
  void whatFollowsACreateThatWasGivenUpIsHeldAsMissing() {
    var company = create(Map.of("name", "Company", "lang", "xx_XX"));
    var change = update(refOf(company), Map.of("city", "León"));
    var contact = create(Map.of("name", "Contact", "parentRef", refOf(company)));
    scene.drain();

    decide(company, "discard", Map.of("by", "Zoë", "reason", "wrong")).statusCode(200);
    scene.drain();

    operation(change).body("held.reason", equalTo("missing"));
    operation(contact)
        .body("held.reason", equalTo("missing"))
        .body("held.field", equalTo("parentRef"));
    given().get("/api/v1/customers?query=company").then().body("customers.size()", equalTo(0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "retry   | {}                                                 | by",
        "retry   | {\"by\": \"\"}                                     | by",
        "retry   | {\"by\": \"Z\", \"values\": {\"name\": \"\"}}      | name",
        "discard | {\"by\": \"Z\"}                                    | reason",
        "resolve | {\"by\": \"Z\"}                                    | fields",
        "resolve | {\"by\": \"Z\", \"link\": 7, \"create\": true}     | fields",
        "resolve | {\"by\": \"Z\", \"link\": -7}                      | link",
        "resolve | {\"by\": \"Z\", \"fields\": {\"name\": \"hers\"}}  | fields",
      })
  void aDecisionThatIsNoneChangesNothing(String decision, String body, String field) {
    var id = create(Map.of("name", "Ana", "lang", "xx_XX"));
    scene.drain();

    given()
        .contentType("application/json")
        .body(body)
        .post("/api/v1/operations/%d/%s".formatted(id, decision))
        .then()
        .contentType("application/problem+json")
        .body("field", equalTo(field));

    operation(id).body("state", equalTo("held")).body("history.size()", equalTo(2));
  }

  @Test
  void aConflictIsNotSettledByHalves() {
    var id = conflict();

    decide(id, "resolve", Map.of("by", "Zoë", "fields", Map.of("city", "mine")))
        .statusCode(422)
        .body("type", equalTo("urn:tillkeeper:problem:decision-does-not-fit"));
    decide(id, "resolve", Map.of("by", "Zoë", "create", true)).statusCode(422);

    operation(id).body("state", equalTo("held"));
  }

  @Test
  void onlyWhatIsHeldCanBeDecidedOn() {
    var id = create(Map.of("name", "Ana"));

    decide(id, "retry", Map.of("by", "Zoë"))
        .statusCode(409)
        .body("type", equalTo("urn:tillkeeper:problem:not-held"));
    decide(999_999, "retry", Map.of("by", "Zoë")).statusCode(404);
  }
}
