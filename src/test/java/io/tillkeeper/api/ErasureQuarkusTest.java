package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A person wishes to be forgotten. */
@QuarkusTest
@WithTestResource(TestBox.class)
class ErasureQuarkusTest {

  private static final Map<String, String> ANA =
      Map.of("name", "Ana", "email", "ana@example.com", "phone", "612 34 56 78");

  @Inject Scene scene;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private static ValidatableResponse erase(String by, String person) {
    return Till.json(Map.of("by", "Eva", by, person)).post("/api/v1/erasures").then();
  }

  /** What there is of a customer, wherever a person at the till can look. */
  private static void assertForgotten(String ref) {
    given()
        .get("/api/v1/customers/" + ref)
        .then()
        .statusCode(200)
        .body("values", anEmptyMap())
        .body("standing", equalTo("delivered"));
    given()
        .queryParam("customer", ref)
        .get("/api/v1/operations")
        .then()
        .body("operations.values", contains(Map.of(), Map.of()))
        .body("operations.scrubbed", contains(true, true))
        .body("operations.state", contains("delivered", "delivered"));
    given().get("/api/v1/customers?query=ana").then().body("customers", empty());
  }

  @ParameterizedTest
  @CsvSource({
    "email, Ana <ANA@example.com>",
    "email, old@example.com",
    "phone, +34 612345678",
  })
  void aPersonIsForgottenByWhatIsOrWasKnown(String by, String person) {
    var ref = customer(Map.of("name", "Ana", "email", "old@example.com", "phone", "612 34 56 78"));
    scene.drain();
    Till.update(ref, ANA).then().statusCode(202);
    scene.drain();
    customer(Map.of("name", "Bruno", "email", "bruno@example.com", "phone", "612 34 56 79"));
    scene.drain();

    erase(by, person)
        .statusCode(200)
        .body("customers", equalTo(1))
        .body("operations", equalTo(2))
        .body("notDelivered", empty());

    assertForgotten(ref);
    given().get("/api/v1/customers?query=bruno").then().body("customers", hasSize(1));
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
  }

  @Test
  void whatIsStillToBeDeliveredIsLeftAndSaid() {
    var ref = customer(ANA);
    scene.drain();
    int waiting = Till.update(ref, Map.of("city", "Vigo")).then().extract().path("operation.id");

    erase("customer", ref)
        .body("customers", equalTo(1))
        .body("operations", equalTo(1))
        .body("notDelivered", contains(waiting));

    given().get("/api/v1/customers?query=ana").then().body("customers", hasSize(1));
    scene.drain();
    assertThat(odoo.partnersNamed("Ana").getFirst().value("city")).isEqualTo("Vigo");
    erase("customer", ref).body("operations", equalTo(1)).body("notDelivered", empty());
    assertForgotten(ref);
  }

  /** The partner is in Odoo, and the till does not stand in its way. */
  @Test
  void whoWasForgottenCanBeChangedAgain() {
    var ref = customer(ANA);
    scene.drain();
    erase("customer", ref).body("operations", equalTo(1));

    Till.update(ref, Map.of("city", "Vigo")).then().statusCode(202);
    scene.drain();

    assertThat(odoo.partnersNamed("Ana").getFirst().value("city")).isEqualTo("Vigo");
  }

  @Test
  void whomNobodyKnowsThereIsNothingOf() {
    erase("email", "nobody@example.com")
        .statusCode(200)
        .body("customers", equalTo(0))
        .body("operations", equalTo(0));
  }

  @Test
  void whoIsMeantMustBeSaidInOneWay() {
    for (var body :
        new Map<?, ?>[] {
          Map.of("by", "Eva"),
          Map.of("by", "Eva", "email", " "),
          Map.of("by", "Eva", "email", "a@example.com", "phone", "1"),
          Map.of("email", "a@example.com"),
        }) {
      Till.json(body)
          .post("/api/v1/erasures")
          .then()
          .statusCode(400)
          .body("type", equalTo("urn:tillkeeper:problem:invalid-request"));
    }
    erase("customer", "nobody").statusCode(400);
  }
}
