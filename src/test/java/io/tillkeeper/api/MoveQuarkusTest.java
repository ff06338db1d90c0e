package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not delivered moves to another till, whose queue is empty. */
@QuarkusTest
@WithTestResource(TestBox.class)
class MoveQuarkusTest {

  private static final String EXPORTS = "/api/v1/exports";
  private static final String IMPORTS = "/api/v1/imports";

  @Inject Scene scene;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private static List<Map<String, Object>> exported() {
    return given().get(EXPORTS).then().statusCode(200).extract().path("operations");
  }

  private static ValidatableResponse leave(List<?> ids) {
    return Till.json(Map.of("by", "Eva", "operations", ids)).post(EXPORTS).then();
  }

  private static ValidatableResponse take(List<?> operations) {
    return Till.json(Map.of("by", "Eva", "operations", operations)).post(IMPORTS).then();
  }

  private static List<Object> ids(List<Map<String, Object>> operations) {
    return operations.stream().map(operation -> operation.get("id")).toList();
  }

  @Test
  void theOtherTillDeliversAllOfItInOrderAndOnce() {
    var delivered = customer(Map.of("name", "Delivered"));
    scene.drain();
    var company = customer(Map.of("name", "Company", "is_company", true));
    var contact = customer(Map.of("name", "Contact", "parentRef", company));
    Till.update(contact, Map.of("zip", "36201")).then().statusCode(202);
    Till.update(contact, Map.of("zip", "36202")).then().statusCode(202);
    Till.update(delivered, Map.of("city", "Vigo")).then().statusCode(202);
    var operations = exported();
    assertThat(operations).hasSize(5);

    scene.begin(odoo);
    take(operations).statusCode(200).body("operations", equalTo(5));
    take(operations).statusCode(200).body("operations", equalTo(0));
    scene.drain();

    assertThat(odoo.partners()).hasSize(3);
    assertThat(odoo.partnersNamed("Delivered").getFirst().value("city")).isEqualTo("Vigo");
    var moved = odoo.partnersNamed("Contact").getFirst();
    assertThat(moved.value("zip")).isEqualTo("36202");
    assertThat(moved.value("parent_id")).isEqualTo(odoo.partnersNamed("Company").getFirst().id());
    given()
        .get("/api/v1/customers/" + contact)
        .then()
        .statusCode(200)
        .body("standing", equalTo("delivered"));
    take(operations).statusCode(200).body("operations", equalTo(0));
  }

  @Test
  void aContactWhoseCompanyWasDeliveredByTheOldTillFindsIt() {
    var company = customer(Map.of("name", "Company", "is_company", true));
    scene.drain();
    customer(Map.of("name", "Contact", "parentRef", company));
    var operations = exported();

    scene.begin(odoo);
    take(operations).statusCode(200);
    scene.drain();

    assertThat(odoo.partnersNamed("Contact").getFirst().value("parent_id"))
        .isEqualTo(odoo.partnersNamed("Company").getFirst().id());
  }

  @Test
  void bothTillsMayDeliverItAndItIsThereOnce() {
    var ref = customer(Map.of("name", "Ana", "zip", "1"));
    Till.update(ref, Map.of("zip", "2")).then().statusCode(202);
    var operations = exported();
    scene.drain();

    scene.begin(odoo);
    take(operations).statusCode(200).body("operations", equalTo(2));
    scene.drain();

    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    assertThat(odoo.partnersNamed("Ana").getFirst().value("zip")).isEqualTo("2");
    given().get("/api/v1/customers/" + ref).then().body("standing", equalTo("delivered"));
  }

  @Test
  void aCallThatTheOldTillAnsweredIsKnownToTheNewOne() {
    var body = Map.of("values", Map.of("name", "Ana"));
    String ref =
        Till.json(body)
            .header("Idempotency-Key", "order-1")
            .post(Till.CUSTOMERS)
            .then()
            .statusCode(202)
            .extract()
            .path("customer.ref");
    var operations = exported();
    scene.begin(odoo);
    take(operations).statusCode(200);

    Till.json(body)
        .header("Idempotency-Key", "order-1")
        .post(Till.CUSTOMERS)
        .then()
        .statusCode(202)
        .body("customer.ref", equalTo(ref));
    assertThat(exported()).hasSize(1);
  }

  @Test
  void whatIsLeftIsNotDeliveredHereUnlessItIsTakenBack() {
    customer(Map.of("name", "Ana"));
    customer(Map.of("name", "Bruno", "lang", "xx_XX"));
    scene.drain();
    customer(Map.of("name", "Carla"));
    var operations = exported();
    assertThat(operations).hasSize(2); // one is held, and one pending

    leave(ids(operations)).statusCode(200).body("operations", equalTo(2));
    leave(ids(operations)).statusCode(200).body("operations", equalTo(0));
    scene.drain();

    assertThat(odoo.partners()).hasSize(1);
    given()
        .queryParam("state", "discarded")
        .get(Till.OPERATIONS)
        .then()
        .body("operations.discarded.by", contains("Eva", "Eva"))
        .body("operations[1].history.event", contains("accepted", "exported"));
    given()
        .get(Till.STATUS)
        .then()
        .body("queue.pending", equalTo(0))
        .body("queue.held", equalTo(0));

    take(operations).statusCode(200).body("operations", equalTo(2));
    scene.drain();
    assertThat(odoo.partnersNamed("Carla")).hasSize(1);
    given().get("/api/v1/audit").then().body("entries.action", hasItems("export", "import"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kind",
        "ref",
        "values",
        "acceptedAt",
        "requestDigest",
        "odooId",
        "base",
        "parentOdooId",
        "idempotencyKey",
        "till"
      })
  void whatIsNoOperationIsRefusedAndNothingOfItIsTaken(String property) {
    customer(Map.of("name", "Ana"));
    customer(Map.of("name", "Bruno"));
    var operations = exported();
    scene.begin(odoo);
    var wrong = new HashMap<>(operations.getLast());
    wrong.put(property, property.endsWith("Id") ? -7 : "\n");

    take(List.of(operations.getFirst(), wrong)).statusCode(400);

    assertThat(exported()).isEmpty();
  }

  @Test
  void aCustomerWhomOdooWouldRefuseIsRefused() {
    customer(Map.of("name", "Ana"));
    var wrong = new HashMap<>(exported().getFirst());
    scene.begin(odoo);
    for (var values : List.of(Map.of(), Map.of("name", ""), Map.of("name", 7))) {
      wrong.put("values", values);
      take(List.of(wrong)).statusCode(422);
    }
    take(List.of()).statusCode(400);
    leave(List.of()).statusCode(400);
  }
}
