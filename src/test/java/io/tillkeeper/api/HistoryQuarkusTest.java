package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the last hours were like, as the console draws it. */
@QuarkusTest
@WithTestResource(TestBox.class)
class HistoryQuarkusTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Inject Scene scene;
  @Inject TestClock clock;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  private static JsonPath history(int hours) {
    return given()
        .queryParam("hours", hours)
        .get("/api/v1/history")
        .then()
        .statusCode(200)
        .extract()
        .jsonPath();
  }

  /** The journal is written by a thread of its own. */
  private static void awaitLast(String state, String cause) {
    Await.until(
        PATIENCE,
        () -> {
          Map<String, String> last = history(24).getMap("link[-1]");
          return state.equals(last.get("state")) && Objects.equals(cause, last.get("cause"));
        },
        () -> history(24).getList("link").toString());
  }

  @Test
  void anOutageIsInTheHistory() {
    Till.customer(Map.of("name", "Ana"));
    scene.drain();
    clock.advance(Duration.ofMinutes(5));
    odoo.fault(new Fault.Refuse());
    Till.customer(Map.of("name", "Eva"));
    scene.drain();
    clock.advance(Duration.ofMinutes(1));
    awaitLast("down", "refused");
    clock.advance(Duration.ofMinutes(30));
    odoo.clearFaults();
    scene.drainPatiently();
    clock.advance(Duration.ofMinutes(1));
    awaitLast("up", null);

    var history = history(24);
    List<Map<String, String>> link = history.getList("link");
    assertThat(link.getFirst().get("from")).isEqualTo(history.getString("from"));
    assertThat(link.getLast().get("to")).isEqualTo(history.getString("to"));
    for (var i = 1; i < link.size(); i++) {
      assertThat(link.get(i).get("from")).isEqualTo(link.get(i - 1).get("to"));
    }
    var down = link.get(link.size() - 2);
    assertThat(down).containsEntry("state", "down").containsEntry("cause", "refused");
    assertThat(Duration.between(Instant.parse(down.get("from")), Instant.parse(down.get("to"))))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(30));
    assertThat(history.getList("slots.accepted", Integer.class).stream().mapToInt(n -> n).sum())
        .isEqualTo(2);
    assertThat(history.getList("slots.delivered", Integer.class).stream().mapToInt(n -> n).sum())
        .isEqualTo(2);
    assertThat(history.getList("slots")).hasSize(96);
  }

  @Test
  void hoursAreANumberOfThem() {
    for (var hours : List.of("0", "169", "day", "-1")) {
      given()
          .queryParam("hours", hours)
          .get("/api/v1/history")
          .then()
          .statusCode(400)
          .body("type", equalTo("urn:tillkeeper:problem:invalid-parameter"))
          .body("field", equalTo("hours"));
    }
  }
}
