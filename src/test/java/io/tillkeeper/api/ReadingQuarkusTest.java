package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import io.tillkeeper.sync.TestStaging;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Who only reads changes nothing, so that a link, a picture or a page that is fetched ahead cannot
 * either: whatever the address is, and however a change is asked for in it.
 */
@QuarkusTest
@TestProfile(AccessQuarkusTest.Paired.class)
@WithTestResource(TestBox.class)
class ReadingQuarkusTest {

  private static final String SHOP = "https://shop.odoo.example";

  /** As a page, or somebody who hopes, would ask. */
  private static final List<String> QUERIES =
      List.of(
          "",
          "?after=0&limit=100&order=newest&state=held&query=Ana&hours=24&customer=REF",
          "?query=Ana&mode=offline&by=Mallory&reason=rejected&scope=box&holder=program&_method=POST&email=ana%40example.com");

  private static final Map<String, String> OVERRIDES =
      Map.of(
          "X-HTTP-Method-Override", "POST",
          "X-HTTP-Method", "PUT",
          "X-Method-Override", "PATCH");

  @Inject PairedBox box;
  @Inject TestClock clock;
  @Inject Scene scene;
  @Inject TestStaging staging;
  Simulator odoo;

  private String operator;
  private String rehearsal;
  private String customer;
  private long held;
  private Map<String, JsonNode> before;

  /** One that is delivered, one that is held, one that waits, and a rehearsal. */
  @BeforeEach
  void fill() throws IOException {
    clock.advance(Duration.ofMinutes(5));
    scene.begin(odoo);
    operator = box.pair(SHOP, "operator");
    rehearsal = rehearse();
    customer = create(Map.of("name", "Ana")).getString("customer.ref");
    held = create(Map.of("name", "Eva", "lang", "xx_XX")).getLong("operation.id");
    scene.drain();
    create(Map.of("name", "Bruno"));
    before = box.state();
    assertThat(before.get("/api/v1/operations?limit=500").findValuesAsText("state"))
        .contains("delivered", "held", "pending");
  }

  private JsonPath create(Map<String, String> values) throws IOException {
    return box.json(Map.of("values", values))
        .post(Till.CUSTOMERS)
        .then()
        .statusCode(202)
        .extract()
        .jsonPath();
  }

  private String rehearse() throws IOException {
    staging.set(true);
    String id =
        box.json(Map.of("customers", 1, "offlineSeconds", 0))
            .post(Till.REHEARSALS)
            .then()
            .statusCode(202)
            .extract()
            .path("id");
    scene.rehearse();
    scene.drain();
    scene.rehearse();
    return id;
  }

  @AfterEach
  void leaveTheBoxAsItWas() {
    staging.set(false);
    scene.begin(odoo);
  }

  private RequestSpecification page() {
    return given().header("Authorization", "Bearer " + operator).header("Origin", SHOP);
  }

  private static Stream<DescribedCall> read() {
    return DescribedCall.all().stream().filter(call -> call.method().equals("GET"));
  }

  @Test
  void whatIsReadIsAsItWas() throws IOException {
    for (var call : read().toList()) {
      for (var query : QUERIES) {
        var path = address(call) + query.replace("REF", customer);
        var answered = path.equals(Till.CUSTOMERS) ? 400 : 200; // which is read with a query only
        for (var method : List.of("GET", "HEAD")) {
          var status = box.call().headers(OVERRIDES).request(method, path).statusCode();
          assertThat(status).as("%s %s", method, path).isEqualTo(answered);
          page().headers(OVERRIDES).request(method, path);
          given().request(method, path);
        }
      }
      assertThat(box.state()).as("%s", call).isEqualTo(before);
    }
  }

  private static Stream<String> changed() {
    var read = read().map(DescribedCall::path).toList();
    return DescribedCall.changes().stream()
        .map(DescribedCall::path)
        .distinct()
        .filter(path -> !read.contains(path));
  }

  @Test
  void whatIsChangedByAnotherMethodIsNotByReading() throws IOException {
    for (var path : changed().toList()) {
      var address = address(new DescribedCall("GET", path, false));
      for (var query : QUERIES) {
        for (var method : List.of("GET", "HEAD")) {
          for (var caller : List.of(box.call(), page())) {
            var asked = address + query.replace("REF", customer);
            var status = caller.headers(OVERRIDES).request(method, asked).statusCode();
            assertThat(status).as("%s %s", method, asked).isIn(400, 403, 404, 405);
          }
        }
      }
      assertThat(box.state()).as(path).isEqualTo(before);
    }
  }

  private String address(DescribedCall call) throws IOException {
    return call.path()
        .replace("{ref}", customer)
        .replace(
            "{id}",
            call.path().startsWith(Till.REHEARSALS)
                ? rehearsal
                : call.path().startsWith("/api/v1/tokens") ? lastToken() : "" + held);
  }

  private String lastToken() throws IOException {
    return box.call().get("/api/v1/tokens").jsonPath().<String>getList("tokens.id").getLast();
  }
}
