package io.tillkeeper.host;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Prometheus is told. */
@QuarkusTest
@WithTestResource(TestBox.class)
class MetricsQuarkusTest {

  @Inject Scene scene;
  @Inject TestClock clock;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private static void accept(Map<String, ?> values) {
    given()
        .contentType("application/json")
        .body(Map.of("values", values))
        .post("/api/v1/customers")
        .then()
        .statusCode(202);
  }

  /** Each series with its value. */
  private static Map<String, Double> scrape() {
    var text = given().get("/q/metrics").then().statusCode(200).extract().asString();
    var series = new HashMap<String, Double>();
    text.lines()
        .filter(line -> !line.startsWith("#") && !line.isBlank())
        .forEach(
            line -> {
              var space = line.lastIndexOf(' ');
              series.put(line.substring(0, space), Double.parseDouble(line.substring(space + 1)));
            });
    return series;
  }

  @Test
  void theOperationsAreCountedByWhereTheyAre() {
    accept(Map.of("name", "Delivered"));
    accept(Map.of("name", "Held", "lang", "xx_XX"));
    var before = scrape();
    scene.drain();
    accept(Map.of("name", "Pending"));
    clock.advance(Duration.ofSeconds(90));

    var series = scrape();

    assertThat(series)
        .containsEntry("tillkeeper_operations_accepted_total", 3.0)
        .containsEntry("tillkeeper_operations_delivered_total", 1.0)
        .containsEntry("tillkeeper_operations_discarded_total", 0.0)
        .containsEntry("tillkeeper_operations_pending", 1.0)
        .containsEntry("tillkeeper_operations_sending", 0.0)
        .containsEntry("tillkeeper_operations_held{reason=\"rejected\"}", 1.0)
        .containsEntry("tillkeeper_operations_held{reason=\"conflict\"}", 0.0)
        .containsEntry("tillkeeper_oldest_pending_age_seconds", 90.0);
    assertThat(grown("tillkeeper_delivery_seconds_count", before, series)).isEqualTo(1);
    assertThat(grown("tillkeeper_delivery_outcomes_total{outcome=\"delivered\"}", before, series))
        .isEqualTo(1);
    assertThat(grown("tillkeeper_delivery_outcomes_total{outcome=\"held\"}", before, series))
        .isEqualTo(1);
    assertThat(grown("tillkeeper_database_written_bytes_total", before, series)).isPositive();
  }

  private static double grown(String name, Map<String, Double> before, Map<String, Double> after) {
    return after.get(name) - before.get(name);
  }

  @Test
  void theLinkIsToldWithItsCause() {
    scene.drain();
    assertThat(scrape())
        .containsEntry("tillkeeper_link_up", 1.0)
        .containsEntry("tillkeeper_breaker_open", 0.0)
        .containsEntry("tillkeeper_link_cause{cause=\"refused\"}", 0.0);

    odoo.fault(new Fault.Refuse());
    accept(Map.of("name", "Ana"));
    var before = scrape();
    scene.drain();

    var series = scrape();
    assertThat(series)
        .containsEntry("tillkeeper_link_up", 0.0)
        .containsEntry("tillkeeper_breaker_open", 1.0)
        .containsEntry("tillkeeper_link_cause{cause=\"refused\"}", 1.0);
    assertThat(series.keySet())
        .filteredOn(name -> name.startsWith("tillkeeper_link_cause"))
        .hasSize(LinkCause.values().length);
    assertThat(grown("tillkeeper_delivery_outcomes_total{outcome=\"unavailable\"}", before, series))
        .isEqualTo(1);
  }

  @Test
  void theBoxIsTold() {
    var series = scrape();

    assertThat(series)
        .containsEntry("tillkeeper_mode{mode=\"auto\"}", 1.0)
        .containsEntry("tillkeeper_mode{mode=\"offline\"}", 0.0)
        .containsEntry("tillkeeper_storage_reserve_bytes", (double) (64 << 20))
        .containsEntry("tillkeeper_feed_listeners", 0.0);
    assertThat(series.get("tillkeeper_storage_free_bytes")).isPositive();
    assertThat(series.get("tillkeeper_database_bytes")).isPositive();
    assertThat(series.get("process_start_time_seconds")).isPositive();
    assertThat(series.keySet())
        .anyMatch(name -> name.matches("tillkeeper_build_info\\{version=\".+\"}"))
        .allMatch(name -> name.startsWith("tillkeeper_") || name.startsWith("process_"));
  }
}
