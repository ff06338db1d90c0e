package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.tillkeeper.TestBox;
import io.tillkeeper.queue.AuditTrail;
import io.tillkeeper.queue.DamagedAudit;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Mode;
import io.tillkeeper.sync.Modes;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who decided what, and whether that is as it was written. */
@QuarkusTest
@WithTestResource(TestBox.class)
class AuditQuarkusTest {

  @Inject Scene scene;
  @Inject Modes modes;
  @Inject DamagedAudit damaged;
  @Inject AuditTrail trail;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @AfterEach
  void asItWas() {
    modes.change(Mode.AUTO, "the test");
  }

  private static ValidatableResponse entries() {
    return given().get("/api/v1/audit").then().statusCode(200);
  }

  private static ValidatableResponse verification() {
    return given().get("/api/v1/audit/verification").then().statusCode(200);
  }

  private static void mode(String mode, String by) {
    Till.json(Map.of("mode", mode, "by", by)).put("/api/v1/mode").then().statusCode(200);
  }

  @Test
  void whatPeopleDecideIsKeptInOrderAndNothingOfACustomer() {
    customer(Map.of("name", "Secret Name", "lang", "xx_XX"));
    scene.drain();
    int held =
        given().get("/api/v1/operations?state=held").then().extract().path("operations[0].id");
    Till.json(Map.of("by", "Ana", "values", Map.of("lang", "yy_YY")))
        .post("/api/v1/operations/" + held + "/retry")
        .then()
        .statusCode(200);
    scene.drain();
    Till.json(Map.of("by", "Eva", "reason", "Secret Name moved away"))
        .post("/api/v1/operations/" + held + "/discard")
        .then()
        .statusCode(200);
    mode("offline", "Eva");
    Till.json(Map.of("by", "Eva", "email", "secret@example.com"))
        .post("/api/v1/erasures")
        .then()
        .statusCode(200);

    entries()
        .body("entries.action", contains("retry", "discard", "mode", "erase"))
        .body("entries.by", contains("Ana", "Eva", "Eva", "Eva"))
        .body(
            "entries.detail",
            contains(
                "operation " + held + ": corrected lang",
                "operation " + held,
                "offline",
                "0 customers, 0 operations; 0 operations left"))
        .body(not(containsString("ecret")));
    verification()
        .body("intact", equalTo(true))
        .body("entries", equalTo(4))
        .body("broken", nullValue());
  }

  @Test
  void whatWasNotDoneIsNotInIt() {
    Till.json(Map.of("by", "Ana")).post("/api/v1/operations/999999/retry").then().statusCode(404);
    Till.json(Map.of("mode", "no such mode", "by", "Ana"))
        .put("/api/v1/mode")
        .then()
        .statusCode(400);

    entries().body("entries", empty());
    verification().body("intact", equalTo(true)).body("lastHash", nullValue());
  }

  @Test
  void itIsReadPageByPage() {
    mode("offline", "Ana");
    mode("auto", "Ana");
    mode("offline", "Ana");

    int next =
        given()
            .get("/api/v1/audit?limit=2")
            .then()
            .body("entries", hasSize(2))
            .extract()
            .path("next");
    given()
        .get("/api/v1/audit?limit=2&after=" + next)
        .then()
        .body("entries", hasSize(1))
        .body("next", nullValue());
  }

  @Test
  void whatIsChangedOrRemovedAfterwardsShows() {
    mode("offline", "Ana");
    mode("auto", "Ana");
    mode("offline", "Ana");

    damaged.sql("update audit_entry set decided_by = 'Eva' where id = 2");
    verification().body("intact", equalTo(false)).body("broken", equalTo(2));

    damaged.sql("update audit_entry set decided_by = 'Ana' where id = 2");
    verification().body("intact", equalTo(true));

    damaged.sql("delete from audit_entry where id = 2");
    verification().body("intact", equalTo(false)).body("broken", equalTo(3));
  }

  @Test
  void whatIsRemovedAtTheEndShows() {
    mode("offline", "Ana");
    mode("auto", "Ana");
    mode("offline", "Ana");
    verification().body("intact", equalTo(true)).body("missing", nullValue());

    damaged.sql("delete from audit_entry where id > 1");

    verification()
        .body("intact", equalTo(false))
        .body("entries", equalTo(1))
        .body("broken", nullValue())
        .body("missing.first", equalTo(2))
        .body("missing.last", equalTo(3));
  }

  @Test
  void whatIsWrittenAfterwardsDoesNotHideIt() {
    mode("offline", "Ana");
    mode("auto", "Ana");
    damaged.sql("delete from audit_entry where id = 2");

    mode("offline", "Eva");
    mode("auto", "Eva");

    verification()
        .body("intact", equalTo(false))
        .body("entries", equalTo(3))
        .body("broken", nullValue())
        .body("missing", nullValue())
        .body("replaced", equalTo(2));
  }

  /** What is no decision about the queue is written beside those that are. */
  @Test
  void thoseWhoDecideAtTheSameTimeAreEachInIt() {
    try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each = 0; each < 40; each++) {
        var by = "Person " + each;
        people.submit(
            each % 2 == 0
                ? () -> trail.record(by, "pair", "till: program")
                : () -> mode("auto", by));
      }
    }

    entries().body("entries.by", hasSize(40)).body("entries.id", equalTo(oneTo(40)));
    verification().body("intact", equalTo(true)).body("entries", equalTo(40));
  }

  private static List<Integer> oneTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }
}
