package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.CUSTOMERS;
import static io.tillkeeper.api.Till.create;
import static io.tillkeeper.api.Till.customer;
import static io.tillkeeper.api.Till.json;
import static io.tillkeeper.api.Till.newRef;
import static io.tillkeeper.api.Till.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Handing over customers and changes, finding them again, and repeating a request. */
@QuarkusTest
@WithTestResource(TestBox.class)
class CustomerResourceQuarkusTest {

  private static final String KEY = "Idempotency-Key";

  @Inject Scene scene;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private static int operations() {
    return given().get(Till.OPERATIONS).then().statusCode(200).extract().path("operations.size()");
  }

  private static List<String> found(String query) {
    return given()
        .queryParam("query", query)
        .get(CUSTOMERS)
        .then()
        .statusCode(200)
        .extract()
        .path("customers.values.name");
  }

  @Test
  void aCreateIsAnsweredWithAReceipt() {
    var answer =
        create(Map.of("name", "Ana"))
            .then()
            .statusCode(202)
            .contentType("application/json")
            .header("Cache-Control", "no-store")
            .body("keySet()", equalTo(new HashSet<>(List.of("operation", "customer", "durable"))))
            .body("operation.kind", equalTo("create"))
            .body("operation.state", equalTo("pending"))
            .body("operation.acceptedAt", not(nullValue()))
            .body("customer", hasKey("odooId"))
            .body("customer.odooId", is(nullValue()))
            .body("customer.database", equalTo("shop"))
            .body("durable", equalTo(true))
            .extract();
    int id = answer.path("operation.id");
    String location = answer.header("Location");

    assertThat(location).endsWith("/api/v1/operations/" + id);
    given()
        .get(location)
        .then()
        .statusCode(200)
        .body("id", equalTo(id))
        .body("customer.ref", equalTo(answer.path("customer.ref")));
  }

  @Test
  void theRefIsTheTillsWhenItGivesOne() {
    var ref = newRef();

    json(Map.of("ref", ref.toUpperCase(), "values", Map.of("name", "Ana")))
        .post(CUSTOMERS)
        .then()
        .statusCode(202)
        .body("customer.ref", equalTo(ref));

    given().get(CUSTOMERS + "/" + ref).then().statusCode(200).body("ref", equalTo(ref));
  }

  @Test
  void theRefIsMadeHereWhenTheTillGivesNone() {
    assertThat(customer(Map.of("name", "Ana"))).isNotEqualTo(customer(Map.of("name", "Ana")));
    assertThat(operations()).isEqualTo(2);
  }

  @Test
  void whatTheCashierSawAndWhoItWasIsKeptWithTheOperation() {
    var ref = customer(Map.of("name", "Ana"));

    String location =
        json(Map.of(
                "values",
                Map.of("city", "Vigo"),
                "base",
                Map.of("city", false, "zip", "36201"),
                "till",
                "Till 1 · 收银台",
                "cashier",
                "Zoë"))
            .patch(CUSTOMERS + "/" + ref)
            .then()
            .statusCode(202)
            .body("operation.kind", equalTo("update"))
            .body("customer.ref", equalTo(ref))
            .extract()
            .header("Location");

    given()
        .get(location)
        .then()
        .statusCode(200)
        .body("kind", equalTo("update"))
        .body("values", equalTo(Map.of("city", "Vigo")))
        .body("base", hasKey("city"))
        .body("base.city", is(nullValue()))
        .body("base.zip", equalTo("36201"))
        .body("till", equalTo("Till 1 · 收银台"))
        .body("cashier", equalTo("Zoë"))
        .body("history.event", contains("accepted"));
  }

  @Test
  void aCustomerOfOdooIsNamedByItsIdThereAndGetsARef() {
    String ref =
        update("odoo:42", Map.of("city", "Vigo"))
            .then()
            .statusCode(202)
            .body("customer.odooId", equalTo(42))
            .extract()
            .path("customer.ref");

    update("odoo:42", Map.of("zip", "36201"))
        .then()
        .statusCode(202)
        .body("customer.ref", equalTo(ref));
    update(ref, Map.of("street", "Rúa 1"))
        .then()
        .statusCode(202)
        .body("customer.odooId", equalTo(42));
    for (var name : List.of("odoo:42", ref)) {
      given()
          .get(CUSTOMERS + "/" + name)
          .then()
          .statusCode(200)
          .body("ref", equalTo(ref))
          .body("odooId", equalTo(42))
          .body("values", equalTo(Map.of("city", "Vigo", "zip", "36201", "street", "Rúa 1")));
    }
  }

  @Test
  void aCustomerIsShownAsItWillBe() {
    var ref = customer(Map.of("name", "Ana", "city", "Vigo", "country_id", "es"));
    scene.drain();
    given().get(CUSTOMERS + "/" + ref).then().body("standing", equalTo("delivered"));

    var cleared = new HashMap<String, Object>(Map.of("name", "Ana María"));
    cleared.put("city", null);
    update(ref, cleared).then().statusCode(202);

    given()
        .get(CUSTOMERS + "/" + ref)
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body("standing", equalTo("waiting"))
        .body("odooId", not(nullValue()))
        .body("database", equalTo("shop"))
        .body("values.name", equalTo("Ana María"))
        .body("values", hasKey("city"))
        .body("values.city", is(nullValue()))
        .body("values.country_id", equalTo("ES"));
  }

  @Test
  void everyKindOfValueIsShownAsItWasGiven() {
    var values =
        Map.<String, Object>of(
            "name",
            "Łukasz 👩🏽‍🚀 𠮷野",
            "comment",
            "one\n\ttwo",
            "is_company",
            true,
            "color",
            3,
            "state_id",
            7,
            "category_id",
            List.of(1, 2),
            "country_id",
            "XK",
            "x_vip",
            false,
            "x_points",
            12_000_000_000L);

    var ref = customer(values);

    given().get(CUSTOMERS + "/" + ref).then().statusCode(200).body("values", equalTo(values));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "María",
        "maria",
        "MARÍA",
        "ana mar",
        "ana  maria",
        "ñez",
        "nez",
        "612345678",
        "612 34 56 78",
        "612-345-678",
        "+34 612 345 678",
        "0034612345678",
        "345 678",
        "ana@example.com",
        "ANA@EXAMPLE",
        "@example",
        "ESB12345678",
        "es-b12.345.678",
        "b12345678",
        "042 1",
        "0421X"
      })
  void aCustomerIsFoundByWhateverTheCashierTypes(String query) {
    customer(
        Map.of(
            "name", "Ana María Núñez",
            "phone", "612 34 56 78",
            "email", "Ana <Ana@Example.com>",
            "vat", "ES B-12345678",
            "barcode", query.equals("042 1") ? "042 1" : "0421X"));
    customer(Map.of("name", "Somebody else", "phone", "+44 20 7946 0958"));

    assertThat(found(query)).containsExactly("Ana María Núñez");
    json(Map.of("query", query))
        .post("/api/v1/customers/search")
        .then()
        .statusCode(200)
        .body("customers.values.name", contains("Ana María Núñez"));
  }

  @Test
  void whatWasChangedAMomentAgoIsFound() {
    var ref = customer(Map.of("name", "Ana", "phone", "612 345 678"));
    scene.drain();
    update(ref, Map.of("phone", "699 000 111"));

    assertThat(found("699000111")).containsExactly("Ana");
    assertThat(found("612345678")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"%,100% Wool", "_,snake_case", "!,Yahoo!", "x or 1=1,", "a%b,", "s_a,"})
  void whatTheCashierTypesIsNoPattern(String query, String name) {
    customer(Map.of("name", "100% Wool"));
    customer(Map.of("name", "snake_case"));
    customer(Map.of("name", "Yahoo!"));
    customer(Map.of("name", "a--b s-a"));

    if (name == null) {
      assertThat(found(query)).isEmpty();
    } else {
      assertThat(found(query)).containsExactly(name);
    }
  }

  @Test
  void whatIsFoundIsInTheOrderOfTheNamesAndNotMoreThanFifty() {
    IntStream.range(0, 52)
        .forEach(i -> customer(Map.of("name", "Twin %02d".formatted((i * 37) % 52))));

    assertThat(found("twin"))
        .isEqualTo(IntStream.range(0, 50).mapToObj("Twin %02d"::formatted).toList());
  }

  @Test
  void nothingIsFoundByWhatCannotBeSeen() {
    customer(Map.of("name", "Ana"));

    given()
        .queryParam("query", "\u00a0")
        .get(CUSTOMERS)
        .then()
        .statusCode(200)
        .body("customers", empty());
  }

  @Test
  void theSameKeyWithTheSameBodyGetsTheVerySameAnswer() {
    var body = Map.of("values", Map.of("name", "Ana"));

    var first = json(body).header(KEY, "key 1").post(CUSTOMERS);
    var again = json(body).header(KEY, "key 1").post(CUSTOMERS);

    assertSame(first, again);
    assertThat(operations()).isEqualTo(1);
  }

  @Test
  void theAnswerIsTheSameWhenTheOperationWasDeliveredMeanwhile() {
    var body = Map.of("values", Map.of("name", "Ana"));
    var created = json(body).header(KEY, "create").post(CUSTOMERS);
    var ref = created.path("customer.ref");
    var change = Map.of("values", Map.of("city", "Vigo"));
    var changed = json(change).header(KEY, "update").patch(CUSTOMERS + "/" + ref);
    scene.drain();
    given().get(Till.STATUS).then().body("allDelivered", equalTo(true));

    assertSame(created, json(body).header(KEY, "create").post(CUSTOMERS));
    assertSame(changed, json(change).header(KEY, "update").patch(CUSTOMERS + "/" + ref));
    scene.drain();
    assertThat(operations()).isEqualTo(2);
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
  }

  private static void assertSame(Response first, Response again) {
    first.then().statusCode(202);
    again.then().statusCode(202);
    assertThat(again.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
  }

  @Test
  void theSameBodyIsTheSameInWhateverOrderAndLayout() {
    var first =
        json("{\"values\":{\"name\":\"Ana\",\"city\":null}}").header(KEY, "k").post(CUSTOMERS);
    var again =
        json(" {\"till\": null, \"values\": {\"city\": \"\", \"name\": \"\\u0041na\"} } ")
            .header(KEY, "k")
            .post(CUSTOMERS);

    assertSame(first, again);
  }

  @Test
  void theSameKeyWithAnotherRequestIsRefused() {
    var ref =
        json(Map.of("values", Map.of("name", "Ana")))
            .header(KEY, "k")
            .post(CUSTOMERS)
            .path("customer.ref");
    var others =
        List.of(
            json(Map.of("values", Map.of("name", "Eva"))).header(KEY, "k").post(CUSTOMERS),
            json(Map.of("values", Map.of("name", "Ana"), "till", "2"))
                .header(KEY, "k")
                .post(CUSTOMERS),
            json(Map.of("values", Map.of("name", "Ana"), "ref", ref))
                .header(KEY, "k")
                .post(CUSTOMERS),
            json(Map.of("values", Map.of("name", "Ana")))
                .header(KEY, "k")
                .patch(CUSTOMERS + "/" + ref));

    assertThat(others)
        .allSatisfy(
            other ->
                other
                    .then()
                    .statusCode(422)
                    .body("type", equalTo("urn:tillkeeper:problem:idempotency-key-reused")));
    assertThat(operations()).isEqualTo(1);
  }

  @Test
  void anotherKeyIsAnotherOperation() {
    var ref = customer(Map.of("name", "Ana"));
    var change = Map.of("values", Map.of("city", "Vigo"));

    json(change).header(KEY, "1").patch(CUSTOMERS + "/" + ref).then().statusCode(202);
    json(change).header(KEY, "2").patch(CUSTOMERS + "/" + ref).then().statusCode(202);
    json(change).patch(CUSTOMERS + "/" + ref).then().statusCode(202);

    assertThat(operations()).isEqualTo(4);
  }

  @Test
  void aCreateIsRepeatedByItsRefToo() {
    var body = Map.of("ref", newRef(), "values", Map.of("name", "Ana"));

    var first = json(body).post(CUSTOMERS);
    assertSame(first, json(body).post(CUSTOMERS));
    scene.drain();
    assertSame(first, json(body).header(KEY, "a key this time").post(CUSTOMERS));

    json(Map.of("ref", body.get("ref"), "values", Map.of("name", "Eva")))
        .post(CUSTOMERS)
        .then()
        .statusCode(409)
        .body("field", equalTo("ref"));
    assertThat(operations()).isEqualTo(1);
  }

  @Test
  void oneKeyAtManyTillsAtOnceIsOneOperation() throws Exception {
    var tills = 16;
    var body = Map.of("values", Map.of("name", "Ana"));
    List<Callable<Response>> calls =
        IntStream.range(0, tills)
            .<Callable<Response>>mapToObj(i -> () -> json(body).header(KEY, "once").post(CUSTOMERS))
            .toList();

    try (var threads = Executors.newFixedThreadPool(tills)) {
      var answers = threads.invokeAll(calls);
      var first = answers.getFirst().get();
      for (var answer : answers) {
        assertSame(first, answer.get());
      }
    }

    given().get(Till.OPERATIONS).then().body("operations", hasSize(1));
  }
}
