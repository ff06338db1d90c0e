package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.CUSTOMERS;
import static io.tillkeeper.api.Till.create;
import static io.tillkeeper.api.Till.customer;
import static io.tillkeeper.api.Till.json;
import static io.tillkeeper.api.Till.newRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.tillkeeper.TestBox;
import io.tillkeeper.feed.FullFeed;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.TestDisk;
import io.tillkeeper.sync.Scene;
import io.tillkeeper.sync.TestStaging;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that can go wrong in a request ends as a problem, and nothing was done. */
@QuarkusTest
@WithTestResource(TestBox.class)
class ProblemsQuarkusTest {

  private static final int LIMIT = 1 << 20;

  @Inject Scene scene;
  @Inject FullFeed feed;
  @Inject TestDisk disk;
  @Inject WaitingResource waiting;
  @Inject TestStaging staging;
  Simulator odoo;

  @TestHTTPResource("/")
  URI daemon;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @AfterEach
  void leaveTheBoxAsItWas() {
    disk.fill(false);
    waiting.letGo();
    staging.set(false);
    feed.leave();
    Till.mode("auto").then().statusCode(200);
  }

  /** A request that ends in a problem, and the field that the problem names. */
  private record Cause(Response answer, @Nullable String field) {}

  private static Cause of(Response answer) {
    return new Cause(answer, null);
  }

  private static Response exchange(String code) {
    return given().header("Authorization", "Pairing " + code).post("/api/v1/tokens");
  }

  /** There is no default: a new problem does not compile without a request that leads to it. */
  private Cause cause(ProblemCode code) {
    return switch (code) {
      case INVALID_JSON -> of(json("{").post(CUSTOMERS));
      case INVALID_REQUEST -> new Cause(json("{\"nmae\": 1}").post(CUSTOMERS), "nmae");
      case INVALID_PARAMETER -> new Cause(given().get(CUSTOMERS), "query");
      case INVALID_IDEMPOTENCY_KEY ->
          of(
              json(Map.of("values", Map.of("name", "Ana")))
                  .header("Idempotency-Key", "k".repeat(256))
                  .post(CUSTOMERS));
      case HOST_REFUSED -> of(given().header("Host", "evil.example").get(Till.STATUS));
      case ORIGIN_REFUSED -> of(given().header("Origin", "https://evil.example").get(Till.STATUS));
      case PAIRING_REFUSED -> of(given().post("/api/v1/tokens"));
      case PAIRING_WITHDRAWN -> {
        String offered =
            json(Map.of("by", "Zoë", "scope", "till", "holder", "program"))
                .post("/api/v1/pairings")
                .path("code");
        for (var guess = 0; guess < 10; guess++) {
          exchange("AAAA-AAAA").then().statusCode(401);
        }
        yield of(exchange(offered));
      }
      case TOKEN_UNKNOWN -> of(json(Map.of("by", "Zoë")).post("/api/v1/tokens/00000000/revoke"));
      case TOKEN_REQUIRED, TOKEN_REFUSED, OUT_OF_SCOPE, TOO_MANY_ATTEMPTS ->
          throw new IllegalArgumentException("AccessQuarkusTest has a daemon that is protected");
      case NOT_FOUND -> of(given().get("/api/v1/nothing"));
      case CUSTOMER_UNKNOWN -> new Cause(given().get(CUSTOMERS + "/" + newRef()), "ref");
      case OPERATION_UNKNOWN -> new Cause(given().get(Till.OPERATIONS + "/999999999"), "id");
      case REHEARSAL_UNKNOWN -> new Cause(given().get(Till.REHEARSALS + "/none"), "id");
      case REHEARSAL_NOT_ALLOWED -> of(json("{}").post(Till.REHEARSALS));
      case REHEARSAL_NOT_POSSIBLE -> {
        staging.set(true);
        customer(Map.of("name", "Ana"));
        yield of(json("{}").post(Till.REHEARSALS));
      }
      case METHOD_NOT_ALLOWED -> of(given().delete(CUSTOMERS));
      case NOT_ACCEPTABLE -> of(given().accept("text/html").get(Till.STATUS));
      case REF_TAKEN -> {
        var ref = customer(Map.of("name", "Ana"));
        yield new Cause(
            json(Map.of("ref", ref, "values", Map.of("name", "Eva"))).post(CUSTOMERS), "ref");
      }
      case NOT_HELD -> {
        int id = create(Map.of("name", "Ana")).path("operation.id");
        yield of(json(Map.of("by", "Zoë")).post(Till.OPERATIONS + "/" + id + "/retry"));
      }
      case DECISION_DOES_NOT_FIT -> {
        int id = create(Map.of("name", "Ana", "lang", "xx_XX")).path("operation.id");
        scene.drain();
        yield of(
            json(Map.of("by", "Zoë", "create", true))
                .post(Till.OPERATIONS + "/" + id + "/resolve"));
      }
      case BODY_TOO_LARGE -> of(json(" ".repeat(LIMIT + 1)).post(CUSTOMERS));
      case UNSUPPORTED_MEDIA_TYPE ->
          of(given().contentType("text/plain").body("name=Ana").post(CUSTOMERS));
      case INVALID_CUSTOMER -> new Cause(create(Map.of("name", "")), "name");
      case PARENT_UNKNOWN ->
          new Cause(create(Map.of("name", "Ana", "parentRef", newRef())), "parentRef");
      case IDEMPOTENCY_KEY_REUSED -> {
        json(Map.of("values", Map.of("name", "Ana")))
            .header("Idempotency-Key", "k")
            .post(CUSTOMERS)
            .then()
            .statusCode(202);
        yield of(
            json(Map.of("values", Map.of("name", "Eva")))
                .header("Idempotency-Key", "k")
                .post(CUSTOMERS));
      }
      case INTERNAL -> of(given().get("/test/fault"));
      case TOO_MANY_LISTENERS -> {
        feed.fill();
        yield of(given().get("/api/v1/feed"));
      }
      case BUSY -> {
        waiting.keep(RequestGuard.MOST_UNDER_WAY, daemon);
        yield of(create(Map.of("name", "Ana")));
      }
      case LINK_REQUIRED -> {
        Till.mode("online-only").then().statusCode(200);
        customer(Map.of("name", "Sent"));
        odoo.fault(new Fault.Refuse());
        scene.drain();
        yield of(create(Map.of("name", "Refused")));
      }
      case DISK_FULL -> {
        disk.fill(true);
        yield of(create(Map.of("name", "Ana")));
      }
      case DISK_FAILED -> of(given().get("/test/fault/disk"));
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"TOKEN_REQUIRED", "TOKEN_REFUSED", "OUT_OF_SCOPE", "TOO_MANY_ATTEMPTS"})
  void everyProblemIsSaidInTheSameWay(ProblemCode code) {
    var cause = cause(code);

    assertProblem(cause.answer(), code, cause.field());
  }

  private static void assertProblem(Response answer, ProblemCode code, @Nullable String field) {
    answer
        .then()
        .statusCode(code.status())
        .contentType(Problem.MEDIA_TYPE)
        .header("Cache-Control", "no-store")
        .body("type", equalTo(code.type()))
        .body("title", equalTo(code.title()))
        .body("status", equalTo(code.status()))
        .body("field", field == null ? is(nullValue()) : equalTo(field));
    assertThat(answer.<String>path("detail")).isNotBlank().endsWith(".");
  }

  private static void assertRefused(Response answer, ProblemCode code, @Nullable String field) {
    assertProblem(answer, code, field);
    given().get(Till.OPERATIONS).then().body("operations.size()", equalTo(0));
  }

  @Test
  void aFaultOfTheDaemonDoesNotRepeatWhatItWasAbout() {
    var body = given().get("/test/fault").then().statusCode(500).extract().asString();

    assertThat(body).doesNotContain(FailingResource.SECRET).doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "[]",
        "[{\"values\": {\"name\": \"Ana\"}}]",
        "\"Ana\"",
        "5",
        "true",
        "{",
        "{\"values\": {\"name\": \"Ana\"}",
        "{\"values\": {\"name\": \"Ana\"}} x",
        "{\"values\": {\"name\": \"Ana\"}} {}",
        "{'values': {'name': 'Ana'}}",
        "{\"values\": {\"name\": \"Ana\"},}",
        "{\"values\": {\"name\": \"A\tna\"}}",
        "{\"values\": {\"credit_limit\": NaN, \"name\": \"Ana\"}}",
        "{\"values\": {\"color\": 01, \"name\": \"Ana\"}}",
        "// hello\n{\"values\": {\"name\": \"Ana\"}}",
      })
  void whatIsNotOneJsonObjectIsRefused(String body) {
    var answer = json(body).post(CUSTOMERS);

    assertThat(answer.<String>path("type"))
        .isIn(ProblemCode.INVALID_JSON.type(), ProblemCode.INVALID_REQUEST.type());
    assertThat(answer.statusCode()).isEqualTo(400);
    given().get(Till.OPERATIONS).then().body("operations.size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "{\"values\": {\"name\": \"Ana\"}} {}", "{"})
  void whatIsNotOneJsonObjectIsInvalidJson(String body) {
    assertRefused(json(body).post(CUSTOMERS), ProblemCode.INVALID_JSON, null);
    assertRefused(json(body).patch(CUSTOMERS + "/odoo:42"), ProblemCode.INVALID_JSON, null);
  }

  @Test
  void aRepeatedPropertyIsRefused() {
    for (var body :
        new String[] {
          "{\"values\": {\"name\": \"Ana\"}, \"values\": {\"name\": \"Eva\"}}",
          "{\"values\": {\"name\": \"Ana\", \"name\": \"Eva\"}}"
        }) {
      json(body).post(CUSTOMERS).then().statusCode(400);
    }
    given().get(Till.OPERATIONS).then().body("operations.size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ref", "till", "cashier"})
  void aPropertyOfTheWrongTypeIsRefused(String property) {
    for (var wrong : new Object[] {5, true, 1.5, Map.of(), Collections.emptyList()}) {
      var body =
          new HashMap<String, Object>(Map.of("values", Map.of("name", "Ana"), property, wrong));
      assertRefused(json(body).post(CUSTOMERS), ProblemCode.INVALID_REQUEST, property);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"Ana\"", "5", "true", "[]", "\"\""})
  void valuesAndBaseAreObjects(String wrong) {
    assertRefused(
        json("{\"values\": " + wrong + "}").post(CUSTOMERS), ProblemCode.INVALID_REQUEST, "values");
    assertRefused(
        json("{\"values\": {\"city\": \"Vigo\"}, \"base\": " + wrong + "}")
            .patch(CUSTOMERS + "/odoo:42"),
        ProblemCode.INVALID_REQUEST,
        "base");
  }

  @Test
  void valuesAreNeeded() {
    assertRefused(json("{}").post(CUSTOMERS), ProblemCode.INVALID_REQUEST, "values");
    assertRefused(
        json("{\"values\": null}").post(CUSTOMERS), ProblemCode.INVALID_REQUEST, "values");
    assertRefused(create(Map.of("city", "Vigo")), ProblemCode.INVALID_CUSTOMER, "name");
    assertRefused(Till.update("odoo:42", Map.of()), ProblemCode.INVALID_CUSTOMER, "values");
  }

  @Test
  void aNameThatBreaksAnAnswerIsNotRepeated() {
    for (var name : new String[] {"a\\u0000", "Díaz", "n".repeat(5_000)}) {
      assertRefused(
          json("{\"" + name + "\": 1}").post(CUSTOMERS), ProblemCode.INVALID_REQUEST, null);
      assertRefused(
          json("{\"values\": {\"message_" + name + "\": 1}}").post(CUSTOMERS),
          ProblemCode.INVALID_CUSTOMER,
          "values");
    }
  }

  @Test
  void aNameWithHalfOfASurrogatePairIsNotOneJsonObject() {
    assertRefused(json("{\"\\ud83d\": 1}").post(CUSTOMERS), ProblemCode.INVALID_JSON, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\u0000", "a\\nb", "\\u0085"})
  void whoDidItIsOneLineOfText(String name) {
    for (var property : new String[] {"till", "cashier"}) {
      assertRefused(
          json("{\"values\": {\"name\": \"Ana\"}, \"" + property + "\": \"" + name + "\"}")
              .post(CUSTOMERS),
          ProblemCode.INVALID_REQUEST,
          property);
    }
  }

  @Test
  void whoDidItHasALongestName() {
    var body = new HashMap<String, Object>(Map.of("values", Map.of("name", "Ana")));
    body.put("till", "t".repeat(101));

    assertRefused(json(body).post(CUSTOMERS), ProblemCode.INVALID_REQUEST, "till");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00\\ud83d", "a\\u0000b"})
  void aNameThatNoDatabaseTakesIsRefused(String name) {
    assertRefused(
        json("{\"values\": {\"name\": \"" + name + "\"}}").post(CUSTOMERS),
        ProblemCode.INVALID_CUSTOMER,
        "name");
  }

  @Test
  void whatIsNotUtf8IsRefused() {
    for (var charset : new String[] {"ISO-8859-1", "UTF-16LE"}) {
      byte[] bytes;
      try {
        bytes = "{\"values\": {\"name\": \"Díaz\"}}".getBytes(charset);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      given()
          .contentType("application/json")
          .body(bytes)
          .post(CUSTOMERS)
          .then()
          .statusCode(charset.equals("ISO-8859-1") ? 400 : 202);
    }
  }

  @Test
  void deepNestingIsRefused() throws IOException {
    for (var depth : new int[] {100, 990, 2_000, 100_000}) {
      for (var brackets : new String[] {"[]", "{}"}) {
        var open = brackets.equals("[]") ? "[" : "{\"a\":";
        var close = brackets.substring(1);
        var deep = open.repeat(depth) + "1" + close.repeat(depth);
        var answer = post("{\"values\": {\"name\": \"Ana\", \"x_deep\": " + deep + "}}");
        assertThat(answer.status()).isEqualTo(depth < 1_000 ? 422 : 400);
        assertThat(answer.header("Content-Type")).contains(Problem.MEDIA_TYPE);
      }
      assertThat(post("[".repeat(depth)).status()).isEqualTo(400);
    }
    given().get(Till.OPERATIONS).then().body("operations.size()", equalTo(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1e400",
        "1e2147483647",
        "1e2147483648",
        "-1e-2147483647",
        "1e99999999999",
        "LONG"
      })
  void hugeNumbersAreRefused(String number) {
    var huge = number.equals("LONG") ? "9".repeat(100_000) : number;
    for (var field : new String[] {"credit_limit", "color", "state_id", "x_points"}) {
      var answer =
          json("{\"values\": {\"name\": \"Ana\", \"" + field + "\": " + huge + "}}")
              .post(CUSTOMERS);
      assertThat(answer.statusCode()).as(field).isIn(400, 422);
      answer.then().contentType(Problem.MEDIA_TYPE);
    }
    given().get(Till.OPERATIONS).then().body("operations.size()", equalTo(0));
  }

  @Test
  void tooManyFieldsAreRefused() {
    var values = new HashMap<String, Object>();
    for (var i = 0; i <= 200; i++) {
      values.put("x_field_" + i, i);
    }

    assertRefused(create(values), ProblemCode.INVALID_CUSTOMER, "values");
  }

  @Test
  void anIdempotencyKeyIsNotEmpty() {
    assertRefused(
        json(Map.of("values", Map.of("name", "Ana"))).header("Idempotency-Key", "").post(CUSTOMERS),
        ProblemCode.INVALID_IDEMPOTENCY_KEY,
        null);
  }

  @Test
  void aCustomerIsNotItsOwnCompany() {
    var ref = newRef();
    assertRefused(
        json(Map.of("ref", ref, "values", Map.of("name", "Ana", "parentRef", ref))).post(CUSTOMERS),
        ProblemCode.INVALID_CUSTOMER,
        "parentRef");
  }

  @Test
  void aRefIsAWrittenOutUuid() {
    for (var ref : new String[] {"", "1-2-3-4-5", "odoo:42"}) {
      assertRefused(
          json(Map.of("ref", ref, "values", Map.of("name", "Ana"))).post(CUSTOMERS),
          ProblemCode.INVALID_REQUEST,
          "ref");
    }
    assertRefused(
        Till.update("1-2-3-4-5", Map.of("city", "Vigo")), ProblemCode.INVALID_PARAMETER, "ref");
    assertRefused(
        Till.update(newRef(), Map.of("city", "Vigo")), ProblemCode.CUSTOMER_UNKNOWN, "ref");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
  void anotherTypeOfBodyIsRefused(String type) {
    for (var path : new String[] {CUSTOMERS, "/api/v1/mode"}) {
      var call = given().contentType(type).body("{\"mode\": \"offline\"}");
      assertRefused(
          path.equals(CUSTOMERS) ? call.post(path) : call.put(path),
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          null);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nothing", "/api", "/api/v1", "/api/v2/status", "/api/v1/customers/a/b"})
  void whatIsNotThereIsNotFound(String path) {
    assertProblem(given().get(path), ProblemCode.NOT_FOUND, null);
  }

  private RawHttp.Answer post(String headers, byte[] body) throws IOException {
    return RawHttp.send(
        daemon.getPort(),
        "POST "
            + CUSTOMERS
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Connection: close\r\n"
            + headers
            + "\r\n\r\n",
        body);
  }

  /** Not through REST Assured, which lays out what it sends when a test fails. */
  private RawHttp.Answer post(String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    return post("Content-Length: " + bytes.length, bytes);
  }

  private static void assertTooLarge(RawHttp.Answer answer) {
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.header("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(answer.body()).contains(ProblemCode.BODY_TOO_LARGE.type());
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  private static byte[] spaces(int count) {
    return " ".repeat(count).getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aBodyThatIsDeclaredTooLargeIsRefusedBeforeItCame() throws IOException {
    assertTooLarge(post("Content-Length: " + (LIMIT + 1), new byte[0]));
    assertTooLarge(post("Content-Length: 999999999999", new byte[0]));
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedThoughTheClientGoesOnSending() throws IOException {
    assertTooLarge(post("Content-Length: " + (LIMIT + 1), spaces(LIMIT + 1)));
    assertTooLarge(post("Content-Length: " + 8 * LIMIT, spaces(8 * LIMIT)));
  }

  @Test
  void aBodyInChunksThatIsTooLargeIsRefused() throws IOException {
    for (var size : new int[] {LIMIT + 1, 8 * LIMIT}) {
      var chunks = new ByteArrayOutputStream();
      for (var sent = 0; sent < size; sent += 8_192) {
        var chunk = Math.min(8_192, size - sent);
        chunks.writeBytes(
            (Integer.toHexString(chunk) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunks.writeBytes(spaces(chunk));
        chunks.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      }
      chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

      assertTooLarge(post("Transfer-Encoding: chunked", chunks.toByteArray()));
    }
  }

  @Test
  void aBodyInChunksThatIsNotTooLargeIsTaken() throws IOException {
    var body = "{\"values\": {\"name\": \"Ana\"}}";
    var chunks = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n";

    var answer = post("Transfer-Encoding: chunked", chunks.getBytes(StandardCharsets.US_ASCII));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void aBodyThatEndsWithTrailersIsTaken() throws IOException {
    var body = "{\"values\": {\"name\": \"Ana\"}}";
    var chunks = Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\nX-Sum: 1\r\n\r\n";

    var answer = post("Transfer-Encoding: chunked", chunks.getBytes(StandardCharsets.US_ASCII));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void theLargestBodyIsTaken() throws IOException {
    var json = "{\"values\": {\"name\": \"Ana\"}}";

    var answer =
        post(
            "Content-Length: " + LIMIT,
            (json + " ".repeat(LIMIT - json.length())).getBytes(StandardCharsets.US_ASCII));

    assertThat(answer.status()).isEqualTo(202);
  }
}
