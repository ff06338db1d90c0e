package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.customer.Normal;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.ReceivedCall;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The note about a change that was delivered late; it is off unless configured, so the step is made
 * here with it on.
 */
@QuarkusTest
@WithTestResource(TestBox.class)
class OfflineNoteQuarkusTest {

  private static final String NOTE = "res.partner.message_post";

  @Inject Scene scene;
  @Inject OperationQueue queue;
  @Inject GuardedOdoo guarded;
  @Inject TestClock clock;
  @Inject Normal normal;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private void change(String city) {
    var known = odoo.create(Map.of("name", "Known", "city", "Leon"));
    given()
        .contentType("application/json")
        .body(Map.of("values", Map.of("city", city), "till", "Till <1>", "cashier", "Zo\u00eb"))
        .patch("/api/v1/customers/odoo:" + known.id())
        .then()
        .statusCode(202);
  }

  private void deliver() {
    var updates = new UpdateStep(policies(), normal, 100);
    var round = new Round(new RoundLine(guarded), clock.instant(), clock.instant());
    var targets =
        queue.pick(10).stream()
            .map(shipment -> Target.update(shipment, Objects.requireNonNull(shipment.odooId())))
            .toList();
    updates.deliver(targets, round);
  }

  private static MergeConfig policies() {
    return new MergeConfig() {
      @Override
      public Map<String, FieldPolicy> policy() {
        return Map.of();
      }

      @Override
      public FieldPolicy otherwise() {
        return FieldPolicy.TILL;
      }

      @Override
      public boolean note() {
        return true;
      }
    };
  }

  @Test
  void aChangeThatIsDeliveredLateLeavesANoteWithoutItsValues() {
    var before = clock.instant();
    change("Le\u00f3n");
    clock.advance(Duration.ofMinutes(10));

    deliver();

    assertThat(odoo.calls())
        .filteredOn(call -> call.name().equals(NOTE))
        .singleElement()
        .extracting(ReceivedCall::arguments)
        .asString()
        .contains("Changed at the till Till 1 by Zo\u00eb on " + day(before), "city")
        .doesNotContain("Le\u00f3n", "<");
  }

  private static String day(Instant moment) {
    return moment.toString().substring(0, "yyyy-MM-dd".length());
  }

  @Test
  void aChangeThatIsDeliveredAtOnceLeavesNone() {
    change("Le\u00f3n");

    deliver();

    assertThat(odoo.calls(NOTE)).isZero();
  }
}
