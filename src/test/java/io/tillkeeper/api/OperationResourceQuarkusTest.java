package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.OPERATIONS;
import static io.tillkeeper.api.Till.customer;
import static io.tillkeeper.api.Till.newRef;
import static io.tillkeeper.api.Till.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue, page by page. */
@QuarkusTest
@WithTestResource(TestBox.class)
class OperationResourceQuarkusTest {

  @Inject Scene scene;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  private static JsonPath page(Map<String, ?> parameters) {
    return given()
        .queryParams(parameters)
        .get(OPERATIONS)
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .extract()
        .jsonPath();
  }

  @Test
  void theQueueIsReadPageByPage() {
    IntStream.range(0, 5).forEach(i -> customer(Map.of("name", "Customer " + i)));

    var names = new ArrayList<String>();
    var sizes = new ArrayList<Integer>();
    Long after = 0L;
    while (after != null) {
      var page = page(Map.of("after", after, "limit", 2));
      sizes.add(page.getList("operations").size());
      names.addAll(page.getList("operations.values.name"));
      after = page.get("next") == null ? null : page.getLong("next");
    }

    assertThat(sizes).containsExactly(2, 2, 1);
    assertThat(names)
        .containsExactly("Customer 0", "Customer 1", "Customer 2", "Customer 3", "Customer 4");
  }

  @Test
  void theNewestMayComeFirst() {
    IntStream.range(0, 5).forEach(i -> customer(Map.of("name", "Customer " + i)));

    var first = page(Map.of("order", "newest", "limit", 3));
    var second = page(Map.of("order", "newest", "limit", 3, "after", first.getLong("next")));

    assertThat(first.getList("operations.values.name"))
        .containsExactly("Customer 4", "Customer 3", "Customer 2");
    assertThat(second.getList("operations.values.name"))
        .containsExactly("Customer 1", "Customer 0");
    assertThat(second.getMap("$")).containsEntry("next", null);
  }

  @Test
  void aPageThatIsJustFullIsTheLast() {
    customer(Map.of("name", "One"));
    customer(Map.of("name", "Two"));

    assertThat(page(Map.of("limit", 2)).getList("operations")).hasSize(2);
    assertThat(page(Map.of("limit", 2)).<Object>get("next")).isNull();
  }

  @Test
  void anEmptyQueueIsAnEmptyPage() {
    given()
        .get(OPERATIONS)
        .then()
        .statusCode(200)
        .body("operations", empty())
        .body("next", is(nullValue()));
  }

  @Test
  void operationsAreFilteredByTheirState() {
    customer(Map.of("name", "Delivered"));
    customer(Map.of("name", "Held", "lang", "xx_XX"));
    scene.drain();
    customer(Map.of("name", "Pending"));

    for (var state : List.of("delivered", "held", "pending")) {
      var page = page(Map.of("state", state));
      assertThat(page.<String>getList("operations.state")).containsExactly(state);
      assertThat(page.<String>getList("operations.values.name"))
          .containsExactly(state.substring(0, 1).toUpperCase() + state.substring(1));
    }
    assertThat(page(Map.of("state", "discarded")).getList("operations")).isEmpty();
    assertThat(page(Map.of("state", "sending")).getList("operations")).isEmpty();
    assertThat(page(Map.of()).getList("operations")).hasSize(3);
  }

  @Test
  void operationsAreFilteredByTheirCustomer() {
    var ref = customer(Map.of("name", "Ana"));
    customer(Map.of("name", "Eva"));
    update(ref, Map.of("city", "Vigo"));
    update("odoo:42", Map.of("city", "Lugo"));

    assertThat(page(Map.of("customer", ref)).<String>getList("operations.kind"))
        .containsExactly("create", "update");
    assertThat(page(Map.of("customer", "odoo:42")).<String>getList("operations.values.city"))
        .containsExactly("Lugo");
    assertThat(page(Map.of("customer", newRef())).getList("operations")).isEmpty();
    assertThat(
            page(Map.of("customer", ref, "state", "pending", "limit", 1))
                .getList("operations.kind"))
        .hasSize(1);
  }

  @Test
  void anOperationIsShownWithWhatBecameOfIt() {
    String location =
        Till.create(Map.of("name", "Ana")).then().statusCode(202).extract().header("Location");
    given()
        .get(location)
        .then()
        .body("state", equalTo("pending"))
        .body("customer.odooId", is(nullValue()))
        .body("base", is(nullValue()))
        .body("history", hasSize(1));

    scene.drain();

    var id = (int) odoo.partnersNamed("Ana").getLast().id();
    given()
        .get(location)
        .then()
        .statusCode(200)
        .body("state", equalTo("delivered"))
        .body("customer.odooId", equalTo(id))
        .body("customer.database", equalTo("shop"))
        .body("notBefore", is(nullValue()))
        .body("history.event", contains("accepted", "delivered"))
        .body("history.times", contains(1, 1));
  }

  @ParameterizedTest
  @CsvSource({
    "state,PENDING",
    "state,lost",
    "customer,42",
    "customer,odoo:0",
    "after,-1",
    "after,x",
    "after,1.5",
    "after,9223372036854775808",
    "limit,0",
    "limit,501",
    "limit,-1",
    "limit,ten"
  })
  void aParameterThatMakesNoSenseIsRefused(String parameter, String value) {
    given()
        .queryParam(parameter, value)
        .get(OPERATIONS)
        .then()
        .statusCode(400)
        .contentType(Problem.MEDIA_TYPE)
        .body("type", equalTo("urn:tillkeeper:problem:invalid-parameter"))
        .body("field", equalTo(parameter.equals("customer") ? "ref" : parameter));
  }

  @ParameterizedTest
  @ValueSource(strings = {"state", "customer", "after", "limit"})
  void aParameterWithNothingInItIsNotGiven(String parameter) {
    customer(Map.of("name", "Ana"));

    assertThat(page(Map.of(parameter, "")).getList("operations")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"x", "0", "-1", "9223372036854775808", "1.0"})
  void whatCannotBeAnIdIsRefused(String id) {
    given()
        .get(OPERATIONS + "/" + id)
        .then()
        .statusCode(400)
        .body("type", equalTo("urn:tillkeeper:problem:invalid-parameter"))
        .body("field", equalTo("id"));
  }
}
