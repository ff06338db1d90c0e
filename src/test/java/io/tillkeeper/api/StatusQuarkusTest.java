package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.STATUS;
import static io.tillkeeper.api.Till.create;
import static io.tillkeeper.api.Till.customer;
import static io.tillkeeper.api.Till.mode;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkDetail;
import io.tillkeeper.queue.Settings;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.TestDisk;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The state of it all, the mode, and trying at once. */
@QuarkusTest
@WithTestResource(TestBox.class)
class StatusQuarkusTest {

  @Inject Scene scene;
  @Inject Settings settings;
  @Inject TestClock clock;
  @Inject TestDisk disk;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  @AfterEach
  void leaveTheModeAsItWas() {
    mode("auto").then().statusCode(200);
    disk.fill(false);
  }

  @Test
  void theStatusSaysItAll() {
    customer(Map.of("name", "Delivered"));
    customer(Map.of("name", "Held", "lang", "xx_XX"));
    scene.drain();
    customer(Map.of("name", "Pending"));

    given()
        .get(STATUS)
        .then()
        .statusCode(200)
        .header("Cache-Control", "no-store")
        .body(
            "keySet()",
            equalTo(Set.of("mode", "link", "queue", "allDelivered", "storage", "odoo", "version")))
        .body(
            "link.keySet()",
            equalTo(
                Set.of(
                    "state",
                    "cause",
                    "since",
                    "message",
                    "hint",
                    "nextTryAt",
                    "boxTime",
                    "breaker",
                    "hops")))
        .body("mode", equalTo("auto"))
        .body("link.state", equalTo("up"))
        .body("link.cause", is(nullValue()))
        .body("link.since", not(nullValue()))
        .body("link.hint", is(nullValue()))
        .body("link.nextTryAt", is(nullValue()))
        .body("link.boxTime", is(nullValue()))
        .body("link.breaker", equalTo("closed"))
        .body(
            "link.hops.hop",
            equalTo(List.of("network", "name", "server", "odoo", "database", "key")))
        .body("link.hops.state", everyItem(equalTo("ok")))
        .body("queue.acceptedTotal", equalTo(3))
        .body("queue.pending", equalTo(1))
        .body("queue.sending", equalTo(0))
        .body("queue.held", equalTo(1))
        .body("queue.oldestPendingAt", equalTo(clock.instant().toString()))
        .body("queue.secondsToDeliver", equalTo(0))
        .body("queue.deliveredTotal", equalTo(1))
        .body("queue.discardedTotal", equalTo(0))
        .body("allDelivered", equalTo(false))
        .body("storage.durable", equalTo(true))
        .body("storage.freeBytes", greaterThan(0L))
        .body("storage.problem", is(nullValue()))
        .body("odoo.version", equalTo("19.0"))
        .body("odoo.protocol", equalTo("json-2"))
        .body("odoo.database", equalTo("shop"))
        .body("version", not(nullValue()));
  }

  @Test
  void theStatusSaysWhereTheWayEndsAndWhatToLookAt() {
    odoo.fault(new Fault.WrongKey());
    customer(Map.of("name", "Ana"));
    scene.drain();

    given()
        .get(STATUS)
        .then()
        .body("link.state", equalTo("blocked"))
        .body("link.cause", equalTo("key"))
        .body("link.hint", equalTo(LinkCause.KEY.hint()))
        .body("link.boxTime", is(nullValue()))
        .body("link.hops.find { it.hop == 'database' }.state", equalTo("ok"))
        .body("link.hops.find { it.hop == 'key' }.state", equalTo("failed"));
  }

  @Test
  void whereTheClockOfTheBoxIsSuspectedTheStatusNamesIt() {
    scene.lose(new Diagnosis(LinkCause.TLS, LinkDetail.NOT_YET_VALID));

    given()
        .get(STATUS)
        .then()
        .body("link.cause", equalTo("tls"))
        .body("link.message", containsString("this till's clock"))
        .body("link.boxTime", equalTo(clock.instant().truncatedTo(SECONDS).toString()));
  }

  @Test
  void aLineThatComesAndGoesIsShownAsSuch() {
    for (var i = 0; i < 3; i++) {
      scene.lose(Diagnosis.of(LinkCause.BROKEN));
      given().post("/api/v1/sync").then().statusCode(202);
      scene.drain();
    }

    given()
        .get(STATUS)
        .then()
        .body("link.state", equalTo("down"))
        .body("link.cause", equalTo("unsteady"))
        .body("link.breaker", equalTo("closed"))
        .body("link.hops.state", everyItem(equalTo("unknown")));
    clock.advance(Duration.ofSeconds(15));
    given().get(STATUS).then().body("link.state", equalTo("up"));
  }

  @Test
  void theDocumentNamesEveryCause() {
    var document =
        given()
            .get("/q/openapi?format=json")
            .jsonPath()
            .getString("components.schemas.Link.properties.cause.description");

    assertThat(document.substring(0, document.indexOf('.')).replace(" or ", ", ").split(": |, "))
        .contains(Arrays.stream(LinkCause.values()).map(LinkCause::code).toArray(String[]::new))
        .hasSize(2 + LinkCause.values().length);
  }

  @Test
  void airplaneModeCallsNothingAndKeepsEverything() {
    mode("offline")
        .then()
        .statusCode(200)
        .body("mode", equalTo("offline"))
        .body("link.state", equalTo("down"))
        .body("link.cause", equalTo("offline-mode"))
        .body("link.nextTryAt", is(nullValue()));
    customer(Map.of("name", "Ana"));

    assertThat(scene.drainPatiently()).isZero();
    given().post("/api/v1/sync").then().statusCode(202);
    assertThat(scene.drainPatiently()).isZero();

    assertThat(odoo.calls()).isEmpty();
    given()
        .get(STATUS)
        .then()
        .body("queue.pending", equalTo(1))
        .body("link.cause", equalTo("offline-mode"));

    mode("auto").then().statusCode(200).body("mode", equalTo("auto"));
    scene.drain();
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    given().get(STATUS).then().body("link.state", equalTo("up"));
  }

  @Test
  void onlineOnlyAcceptsNothingWhileTheLinkIsDown() {
    mode("online-only").then().statusCode(200).body("mode", equalTo("online-only"));
    var ref = customer(Map.of("name", "While it is up"));
    var unheard = Map.of("ref", Till.newRef(), "values", Map.of("name", "Answer lost"));
    var receipt = Till.json(unheard).post(Till.CUSTOMERS);
    odoo.fault(new Fault.Refuse());
    scene.drain();

    create(Map.of("name", "While it is down"))
        .then()
        .statusCode(503)
        .body("type", equalTo("urn:tillkeeper:problem:link-required"));
    Till.update(ref, Map.of("city", "Vigo")).then().statusCode(503);
    var again = Till.json(unheard).post(Till.CUSTOMERS);
    again.then().statusCode(202);
    assertThat(again.asString()).isEqualTo(receipt.asString());
    given().get(STATUS).then().body("queue.pending", equalTo(2));

    odoo.clearFaults();
    scene.drainPatiently();
    create(Map.of("name", "When it is up again")).then().statusCode(202);
  }

  @Test
  void withoutRoomTheStatusSaysWhyNothingIsAcceptedAndWhatWasIsAcknowledgedAgain() {
    var body = Map.of("values", Map.of("name", "Ana"));
    var receipt = Till.json(body).header("Idempotency-Key", "k").post(Till.CUSTOMERS);
    disk.fill(true);

    given().get(STATUS).then().body("storage.problem", equalTo("disk-full"));
    create(Map.of("name", "Eva")).then().statusCode(507);
    var again = Till.json(body).header("Idempotency-Key", "k").post(Till.CUSTOMERS);
    again.then().statusCode(202);
    assertThat(again.asString()).isEqualTo(receipt.asString());

    disk.fill(false);
    given().get(STATUS).then().body("storage.problem", is(nullValue()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"offline", "online-only", "auto"})
  void theModeOutlivesTheProcess(String mode) {
    mode(mode).then().statusCode(200);

    assertThat(settings.get("mode")).contains(mode);
    given().get(STATUS).then().body("mode", equalTo(mode));
  }

  @Test
  void whatIsNoModeChangesNothing() {
    mode("offline").then().statusCode(200);
    for (var body :
        List.of(
            "{\"mode\": \"OFFLINE\"}",
            "{\"mode\": \"\"}",
            "{\"mode\": null}",
            "{\"mode\": 1}",
            "{}")) {
      Till.json(body)
          .put("/api/v1/mode")
          .then()
          .statusCode(400)
          .body("type", equalTo("urn:tillkeeper:problem:invalid-request"))
          .body("field", equalTo("mode"));
    }
    given().get(STATUS).then().body("mode", equalTo("offline"));
  }

  @Test
  void whatWaitsForItsTimeIsTriedAtOnceWhenSomebodyAsks() {
    customer(Map.of("name", "Ana"));
    odoo.fault(new Fault.TooManyRequests(Duration.ofMinutes(10)));
    scene.drain();
    odoo.clearFaults();
    assertThat(scene.drain()).isZero();
    given()
        .get(STATUS)
        .then()
        .body("link.nextTryAt", equalTo(clock.instant().plusSeconds(600).toString()))
        .body("link.breaker", equalTo("open"));

    given()
        .post("/api/v1/sync")
        .then()
        .statusCode(202)
        .header("Cache-Control", "no-store")
        .body("link.nextTryAt", equalTo(clock.instant().toString()))
        .body("link.breaker", equalTo("half-open"));

    scene.drain();
    assertThat(odoo.partnersNamed("Ana")).hasSize(1);
    given().get(STATUS).then().body("allDelivered", equalTo(true));
  }
}
