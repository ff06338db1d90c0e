package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.CUSTOMERS;
import static io.tillkeeper.api.Till.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.tillkeeper.TestBox;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.TestDisk;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A POS hands over the very call that failed. */
@QuarkusTest
@WithTestResource(TestBox.class)
class RpcResourceQuarkusTest {

  private static final String RPC = "/api/v1/rpc";
  private static final String KEY = "Idempotency-Key";

  @Inject Scene scene;
  @Inject OperationQueue queue;
  @Inject TestDisk disk;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  @AfterEach
  void makeRoom() {
    disk.fill(false);
  }

  private static String body(String method, String args, String kwargs) {
    return """
        {"jsonrpc": "2.0", "method": "call", "id": 1,
         "params": {"model": "res.partner", "method": "%s", "args": %s, "kwargs": %s}}"""
        .formatted(method, args, kwargs);
  }

  private static Response call(String method, String args) {
    return json(body(method, args, "{}")).post(RPC);
  }

  private static ValidatableResponse accepted(Response answer) {
    return answer
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Cache-Control", "no-store")
        .body("jsonrpc", equalTo("2.0"))
        .body("id", equalTo(1))
        .body("error", is(nullValue()))
        .body("tillkeeper.durable", equalTo(true))
        .body("tillkeeper.database", equalTo("shop"));
  }

  private static ValidatableResponse refused(Response answer, String name) {
    return answer
        .then()
        .statusCode(200)
        .contentType("application/json")
        .body("jsonrpc", equalTo("2.0"))
        .body("id", equalTo(1))
        .body("result", is(nullValue()))
        .body("error.code", equalTo(200))
        .body("error.message", equalTo("Tillkeeper Error"))
        .body("error.data.name", equalTo("tillkeeper." + name))
        .body("error.data.message", not(nullValue()))
        .body("error.data.arguments", hasSize(1))
        .body("error.data.context", equalTo(Map.of()));
  }

  /** Creates a customer, and returns its negative id. */
  private static int created(String values) {
    return accepted(call("create", "[" + values + "]")).extract().path("result");
  }

  private static ValidatableResponse customer(int id) {
    return given().get(CUSTOMERS + "/odoo:" + id).then().statusCode(200);
  }

  private static int operations() {
    return given().get(Till.OPERATIONS).then().statusCode(200).extract().path("operations.size()");
  }

  @Test
  void whatThePosOf16Sends() {
    var answer =
        accepted(
            json("""
                {"jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "create_from_ui", "args": [{"name": "UI f6ed23e4", "email": "u@x.y", "phone": "0102030405", "country_id": 75}], "kwargs": {}}, "id": 1}""")
                .post(RPC));
    int id =
        answer
            .body("result", lessThan(0))
            .body("tillkeeper.customers", hasSize(1))
            .body("tillkeeper.customers[0].odooId", is(nullValue()))
            .extract()
            .path("result");

    answer.body("tillkeeper.customers[0].localId", equalTo(id));
    String ref = answer.extract().path("tillkeeper.customers[0].ref");
    int operation = answer.extract().path("tillkeeper.customers[0].operation");
    given()
        .get(Till.OPERATIONS + "/" + operation)
        .then()
        .statusCode(200)
        .body("customer.ref", equalTo(ref))
        .body("customer.odooId", is(nullValue()))
        .body("kind", equalTo("create"))
        .body("values.name", equalTo("UI f6ed23e4"))
        .body("values.country_id", equalTo(75));
  }

  @Test
  void theWholeFormOfThePosOf16() {
    int id =
        accepted(
                call(
                    "create_from_ui",
                    """
                    [{"id": false, "name": "Ana", "street": "", "city": false, "country_id": "68",
                      "state_id": false, "property_product_pricelist": "3", "barcode": "", "vat": "",
                      "lang": "es_ES", "image_1920": false, "category_id": []}]"""))
            .extract()
            .path("result");

    customer(id)
        .body("values.country_id", equalTo(68))
        .body("values.property_product_pricelist", equalTo(3))
        .body("values.lang", equalTo("es_ES"))
        .body("values.containsKey('image_1920')", is(false))
        .body("values.containsKey('category_id')", is(false))
        .body("values.containsKey('id')", is(false));

    accepted(
            call(
                "create_from_ui",
                "[{\"id\": %d, \"city\": \"Vigo\", \"image_1920\": false}]".formatted(id)))
        .body("result", equalTo(id));
    customer(id).body("values.city", equalTo("Vigo")).body("values.name", equalTo("Ana"));
    assertThat(operations()).isEqualTo(2);
  }

  @Test
  void whatTheFormDialogOf18And19Sends() {
    var answer =
        accepted(
            json("""
                {"jsonrpc": "2.0", "method": "call", "params": {"model": "res.partner", "method": "web_save", "args": [[], {"name": "UI 5af90649", "email": "u@x.y"}], "kwargs": {"context": {"lang": "en_US"}, "specification": {"name": {}, "email": {}}}}, "id": 1}""")
                .post(RPC));
    int id = answer.extract().path("result[0].id");

    assertThat(id).isNegative();
    answer.body(
        "result", equalTo(List.of(Map.of("id", id, "name", "UI 5af90649", "email", "u@x.y"))));
    accepted(
            json(body(
                    "web_save",
                    "[[%d], {\"city\": \"Vigo\", \"zip\": false, \"country_id\": 68}]"
                        .formatted(id),
                    """
                    {"specification": {"city": {}, "zip": {}, "country_id": {"fields": {}}}, "next_id": false}"""))
                .post(RPC))
        .body("result", equalTo(List.of(Map.of("id", id, "city", "Vigo", "zip", false))));
    customer(id).body("values.city", equalTo("Vigo")).body("values.name", equalTo("UI 5af90649"));
  }

  @Test
  void severalAreCreatedAtOnceAndWrittenAtOnce() {
    List<Integer> ids =
        accepted(call("create", "[[{\"name\": \"Ana\"}, {\"name\": \"Eva\"}]]"))
            .body("result", hasSize(2))
            .body("tillkeeper.customers", hasSize(2))
            .extract()
            .path("result");

    assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id < 0);
    accepted(
            call("write", "[[%d, %d, 42], {\"city\": \"Vigo\"}]".formatted(ids.get(0), ids.get(1))))
        .body("result", equalTo(true))
        .body("tillkeeper.customers.localId", contains(ids.get(0), ids.get(1), null))
        .body("tillkeeper.customers.odooId", contains(null, null, 42));
    ids.forEach(id -> customer(id).body("values.city", equalTo("Vigo")));
    assertThat(operations()).isEqualTo(5);
  }

  @Test
  void aListOfOneIsAnsweredWithAListOfOne() {
    accepted(call("create", "[[{\"name\": \"Web 7b8d6c46\"}]]")).body("result", hasSize(1));
  }

  @Test
  void aNegativeIdIsUnderstoodForEver() {
    var id = created("{\"name\": \"Ana\"}");
    customer(id).body("odooId", is(nullValue())).body("standing", equalTo("waiting"));
    accepted(call("write", "[[%d], {\"city\": \"Vigo\"}]".formatted(id)));
    scene.drain();

    var inOdoo = (int) odoo.partnersNamed("Ana").getFirst().id();
    customer(id)
        .body("odooId", equalTo(inOdoo))
        .body("standing", equalTo("delivered"))
        .body("values.city", equalTo("Vigo"));
    accepted(call("write", "[%d, {\"zip\": \"36201\"}]".formatted(id)))
        .body("tillkeeper.customers[0].odooId", equalTo(inOdoo))
        .body("tillkeeper.customers[0].localId", equalTo(id));
    Till.update("odoo:" + id, Map.of("street", "Rúa 1")).then().statusCode(202);
    accepted(call("create_from_ui", "[{\"id\": %d, \"street2\": \"2º\"}]".formatted(id)))
        .body("result", equalTo(inOdoo));
    scene.drain();

    customer(id).body("standing", equalTo("delivered"));
    customer(inOdoo).body("values.zip", equalTo("36201")).body("values.street", equalTo("Rúa 1"));
    given()
        .queryParam("customer", "odoo:" + id)
        .get(Till.OPERATIONS)
        .then()
        .statusCode(200)
        .body("operations", hasSize(5));
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    assertThat(queue.customer(new CustomerAddress.ByOdooId(id)).orElseThrow().odooId())
        .isEqualTo(inOdoo);
  }

  @Test
  void aNegativeIdIsNeverGivenTwice() {
    var first = created("{\"name\": \"Ana\"}");
    scene.begin(odoo); // with an empty database

    assertThat(created("{\"name\": \"Eva\"}")).isLessThan(first);
    refused(call("write", "[[%d], {\"city\": \"Vigo\"}]".formatted(first)), "customer-unknown");
  }

  @Test
  void anUnknownNegativeIdIsNobody() {
    refused(call("write", "[[-2000000], {\"city\": \"Vigo\"}]"), "customer-unknown");
    refused(call("write", "[[-3000000000], {\"city\": \"Vigo\"}]"), "customer-unknown");
    given().get(CUSTOMERS + "/odoo:-2000000").then().statusCode(404);
    Till.update("odoo:-2000000", Map.of("city", "Vigo")).then().statusCode(404);
    given()
        .queryParam("customer", "odoo:-2000000")
        .get(Till.OPERATIONS)
        .then()
        .statusCode(200)
        .body("operations", hasSize(0));
  }

  @Test
  void aCustomerThatIsUnknownKeepsTheOthersOutToo() {
    var id = created("{\"name\": \"Ana\"}");

    refused(
        call("write", "[[%d, 42, -2000000], {\"city\": \"Vigo\"}]".formatted(id)),
        "customer-unknown");

    assertThat(operations()).isEqualTo(1);
    given().get(CUSTOMERS + "/odoo:42").then().statusCode(404);
  }

  @Test
  void aCustomerThatIsWrongKeepsTheOthersOutToo() {
    refused(call("create", "[[{\"name\": \"Ana\"}, {\"email\": \"x\"}]]"), "invalid-customer")
        .body("error.data.field", equalTo("name"));
    assertThat(operations()).isZero();
  }

  /** All writing shares transactions: what is refused must not take others with it. */
  @Test
  void whatIsRefusedIsNoneOfTheOthersBusiness() throws Exception {
    List<Callable<Response>> calls =
        IntStream.range(0, 16)
            .<Callable<Response>>mapToObj(
                i ->
                    () ->
                        i % 2 == 0
                            ? call("create", "[{\"name\": \"Ana\"}]")
                            : call("write", "[[42, -2000000], {\"city\": \"Vigo\"}]"))
            .toList();

    try (var threads = Executors.newFixedThreadPool(calls.size())) {
      var answers = threads.invokeAll(calls);
      for (var i = 0; i < calls.size(); i++) {
        if (i % 2 == 0) {
          accepted(answers.get(i).get());
        } else {
          refused(answers.get(i).get(), "customer-unknown");
        }
      }
    }

    assertThat(operations()).isEqualTo(8);
    given().get(CUSTOMERS + "/odoo:42").then().statusCode(404);
  }

  @Test
  void aContactNamesItsCompanyByTheNegativeId() {
    var company = created("{\"name\": \"Vigo SL\", \"is_company\": true}");
    var contact = created("{\"name\": \"Ana\", \"parent_id\": %d}".formatted(company));
    scene.drain();
    scene.drain();

    customer(contact).body("standing", equalTo("delivered"));
    assertThat(odoo.partnersNamed("Ana").getFirst().values().get("parent_id"))
        .asString()
        .contains(String.valueOf(odoo.partnersNamed("Vigo SL").getFirst().id()));
    refused(call("create", "[{\"name\": \"Eva\", \"parent_id\": -2000000}]"), "parent-unknown")
        .body("error.data.field", equalTo("parent_id"));
  }

  @Test
  void theSameKeyIsTheSameCall() {
    var body = body("create", "[[{\"name\": \"Ana\"}, {\"name\": \"Eva\"}]]", "{}");
    var first = json(body).header(KEY, "k").post(RPC);
    accepted(first);

    assertThat(json(body).header(KEY, "k").post(RPC).asString()).isEqualTo(first.asString());
    assertThat(operations()).isEqualTo(2);

    scene.drain();
    var ana = (int) odoo.partnersNamed("Ana").getFirst().id();
    var eva = (int) odoo.partnersNamed("Eva").getFirst().id();
    accepted(json(body).header(KEY, "k").post(RPC))
        .body("result", contains(ana, eva))
        .body("tillkeeper.customers.localId", equalTo(first.path("result")))
        .body("tillkeeper.customers.ref", equalTo(first.path("tillkeeper.customers.ref")));
    assertThat(operations()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create|[[{\"name\": \"Ana\"}]]",
        "create|[[{\"name\": \"Ana\"}, {\"name\": \"Eva\"}, {\"name\": \"Iria\"}]]",
        "create|[[{\"name\": \"Ana\"}, {\"name\": \"Iria\"}]]",
        "create_from_ui|[{\"name\": \"Ana\"}]",
        "write|[[1, 2], {\"name\": \"Ana\"}]"
      })
  void theSameKeyWithAnotherCallIsRefused(String method, String args) {
    accepted(
        json(body("create", "[[{\"name\": \"Ana\"}, {\"name\": \"Eva\"}]]", "{}"))
            .header(KEY, "k")
            .post(RPC));

    refused(json(body(method, args, "{}")).header(KEY, "k").post(RPC), "idempotency-key-reused");
    assertThat(operations()).isEqualTo(2);
  }

  @Test
  void withoutAKeyEachCallIsAnother() {
    assertThat(created("{\"name\": \"Ana\"}")).isNotEqualTo(created("{\"name\": \"Ana\"}"));
    assertThat(operations()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"res.partner,load", "res.partner,unlink", "sale.order,create", "res.users,write"})
  void anyOtherCallIsRefusedAndTheAnswerSaysSo(String model, String method) {
    refused(
            json("""
                {"jsonrpc": "2.0", "method": "call", "id": 1,
                 "params": {"model": "%s", "method": "%s", "args": [{"name": "Ana"}], "kwargs": {}}}"""
                    .formatted(model, method))
                .post(RPC),
            "call-unsupported")
        .body(
            "error.data.arguments[0]",
            equalTo(
                model.equals("res.partner")
                    ? "Of res.partner only these can be queued: create, write, create_from_ui, web_save."
                    : "Only calls of the model res.partner can be queued."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "create|[]|{}",
        "create|[1]|{}",
        "create|[[]]|{}",
        "create|[{\"name\": \"Ana\"}, 1]|{}",
        "create|{\"name\": \"Ana\"}|{}",
        "create|[{\"name\": \"Ana\"}]|[]",
        "create|[{\"name\": \"Ana\"}]|{\"vals\": {}}",
        "create|[[[{\"name\": \"Ana\"}]]]|{}",
        "create_from_ui|[[{\"name\": \"Ana\"}]]|{}",
        "create_from_ui|[{\"id\": \"7\", \"name\": \"Ana\"}]|{}",
        "create_from_ui|[{\"id\": 0, \"name\": \"Ana\"}]|{}",
        "write|[[], {\"name\": \"Ana\"}]|{}",
        "write|[[\"virtual_1\"], {\"name\": \"Ana\"}]|{}",
        "write|[[1.5], {\"name\": \"Ana\"}]|{}",
        "write|[[true], {\"name\": \"Ana\"}]|{}",
        "write|[null, {\"name\": \"Ana\"}]|{}",
        "write|[[7]]|{}",
        "write|[[7], {\"name\": \"Ana\"}]|{\"specification\": {}}",
        "web_save|[[], {\"name\": \"Ana\"}]|{\"specification\": 7}",
        "web_save|[[], {\"name\": \"Ana\"}]|{\"specification\": {}, \"next_id\": 8}"
      })
  void aCallThatIsNotAsOdooTakesItIsRefused(String method, String args, String kwargs) {
    refused(json(body(method, args, kwargs)).post(RPC), "invalid-request");
    assertThat(operations()).isZero();
  }

  @Test
  void moreCustomersThanOneTransactionTakesAreRefused() {
    var ana = "{\"name\": \"Ana\"}";
    refused(call("create", "[[" + ana + ("," + ana).repeat(100) + "]]"), "invalid-request");
    accepted(call("create", "[[" + ana + ("," + ana).repeat(99) + "]]"));
    given().get(Till.STATUS).then().body("queue.pending", equalTo(100));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name|\"\"",
        "email|7",
        "email|[]",
        "id|7",
        "write_date|\"2026-01-01 00:00:00\"",
        "country_id|\"Spain\"",
        "country_id|-7",
        "state_id|[3, \"Madrid\"]",
        "image_1920|\"data:image/png;base64,AAAA\"",
        "child_ids|[[0, 0, {\"name\": \"Eva\"}]]",
        "bank_ids|[[6, 0, [1]]]",
        "category_id|[[0, 0, {\"name\": \"VIP\"}]]",
        "category_id|[[1, 4, {\"name\": \"VIP\"}]]",
        "category_id|[[2, 4, 0]]",
        "category_id|[[]]",
        "category_id|[[6, 0]]",
        "category_id|[[6, 0, [\"4\"]]]",
        "category_id|[[6, 0, [-4]]]",
        "category_id|[[4]]",
        "category_id|[[6, 0, [1]], 7]",
        "category_id|[[\"6\", 0, [1]]]"
      })
  void aValueThatOdooWouldNotTakeIsRefused(String field, String value) {
    var values =
        field.equals("name")
            ? "{\"name\": \"\"}"
            : "{\"name\": \"Ana\", \"%s\": %s}".formatted(field, value);
    refused(call("create", "[" + values + "]"), "invalid-customer")
        .body("error.data.field", equalTo(field));
    assertThat(operations()).isZero();
  }

  @Test
  void aFieldThatCannotBeOneIsNotRepeated() {
    refused(call("create", "[{\"name\": \"Ana\", \"Eva Díaz\": [[4, 1]]}]"), "invalid-customer")
        .body("error.data.field", equalTo("values"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[[6, 0, [3, 1]]]",
        "[[6, false, [1, 3]]]",
        "[[5], [4, 1], [4, 3, 0]]",
        "[[6, 0, [1, 2]], [3, 2], [4, 3]]",
        "[1, 3]"
      })
  void commandsThatSayTheWholeAreUnderstood(String commands) {
    accepted(call("write", "[[42], {\"category_id\": %s}]".formatted(commands)));
    customer(42).body("values.category_id", contains(1, 3));
  }

  @Test
  void aSingleCommandIsUnderstoodWhereNothingWasBefore() {
    customer(created("{\"name\": \"Ana\", \"category_id\": [[4, 3], [4, 1]]}"))
        .body("values.category_id", contains(1, 3));
    for (var command : List.of("[[4, 3]]", "[[3, 3]]", "[[4, 1, 0], [6, 0, [2]]]")) {
      refused(call("write", "[[42], {\"category_id\": %s}]".formatted(command)), "invalid-customer")
          .body("error.data.field", equalTo("category_id"));
    }
  }

  @Test
  void aPictureThatIsTakenAwayIsNotDroppedInSilence() {
    refused(
        call("write", "[[42], {\"name\": \"Ana\", \"image_1920\": false}]"), "invalid-customer");
    refused(
        call("create_from_ui", "[{\"id\": 42, \"image_1920\": \"data:image/png;base64,AAAA\"}]"),
        "invalid-customer");
  }

  @Test
  void theIdOfTheCallComesBackWhateverItIs() {
    for (var id : List.of("\"r7\"", "null", "1.50", "[1]")) {
      var answer =
          json("{\"jsonrpc\": \"2.0\", \"method\": \"call\", \"params\": {}, \"id\": " + id + "}")
              .post(RPC);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.asString()).contains("\"id\":" + id);
    }
    json("{}").post(RPC).then().statusCode(200).body("id", is(nullValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "7", "{\"id\": 1, \"id\": 2}"})
  void whatIsNoJsonObjectIsAProblem(String body) {
    json(body)
        .post(RPC)
        .then()
        .statusCode(400)
        .contentType("application/problem+json")
        .body("type", equalTo("urn:tillkeeper:problem:invalid-json"));
  }

  @Test
  void whatIsNoJsonByItsTypeIsAProblem() {
    given()
        .contentType("text/plain")
        .body(body("create", "[{\"name\": \"Ana\"}]", "{}"))
        .post(RPC)
        .then()
        .statusCode(415)
        .contentType("application/problem+json");
  }

  @Test
  void whenNothingMayBeQueuedTheAnswerIsAnErrorOfJsonRpc() {
    odoo.fault(new Fault.Refuse());
    Till.customer(Map.of("name", "Eva"));
    scene.drain();
    Till.mode("online-only").then().statusCode(200);

    refused(call("create", "[{\"name\": \"Ana\"}]"), "link-required");

    assertThat(operations()).isEqualTo(1);
  }

  @Test
  void whenTheDiskIsFullTheAnswerIsAnErrorOfJsonRpc() {
    disk.fill(true);

    refused(call("create", "[{\"name\": \"Ana\"}]"), "disk-full");

    assertThat(operations()).isZero();
  }

  @Test
  void aCustomerWithoutANegativeIdHasNone() {
    var ref = Till.customer(Map.of("name", "Ana"));
    assertThat(queue.localIds(List.of(UUID.fromString(ref)))).isEmpty();
  }
}
