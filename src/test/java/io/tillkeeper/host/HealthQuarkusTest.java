package io.tillkeeper.host;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.TestDisk;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a supervisor is told. */
@QuarkusTest
@WithTestResource(TestBox.class)
class HealthQuarkusTest {

  @Inject Scene scene;
  @Inject TestDisk disk;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @AfterEach
  void emptyTheDisk() {
    disk.fill(false);
  }

  @Test
  void aDaemonThatWorksIsAlive() {
    given()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("checks.name", containsInAnyOrder("queue", "worker"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"live", "ready", "started"})
  void beingOfflineIsHealthy(String question) {
    odoo.fault(new Fault.Refuse());
    given()
        .contentType("application/json")
        .body(Map.of("values", Map.of("name", "Ana")))
        .post("/api/v1/customers")
        .then()
        .statusCode(202);
    scene.drain();

    given().get("/q/health/" + question).then().statusCode(200).body("status", equalTo("UP"));
  }

  @Test
  void withoutRoomToAcceptItIsAliveButNotReady() {
    disk.fill(true);

    given()
        .get("/q/health/ready")
        .then()
        .statusCode(503)
        .body("status", equalTo("DOWN"))
        .body("checks[0].name", equalTo("disk"))
        .body("checks[0].data.freeBytes", equalTo(64 << 20))
        .body("checks[0].data.reserveBytes", equalTo(64 << 20));
    given().get("/q/health/live").then().statusCode(200);
  }
}
