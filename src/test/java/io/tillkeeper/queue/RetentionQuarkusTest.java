package io.tillkeeper.queue;

import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.api.Till;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.WrittenBytes;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of what is done with. */
@QuarkusTest
@WithTestResource(TestBox.class)
class RetentionQuarkusTest {

  @Inject Scene scene;
  @Inject Retention retention;
  @Inject OperationQueue queue;
  @Inject TestClock clock;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @Test
  void whatWasDeliveredLongAgoIsRemovedAndItsCustomerStays() {
    var old = customer(Map.of("name", "Delivered long ago", "city", "Vigo"));
    var held = customer(Map.of("name", "Held", "lang", "xx_XX"));
    scene.drain();
    pass(29);
    var young = customer(Map.of("name", "Delivered lately"));
    scene.drain();
    pass(1);
    var counts = queue.counts();
    pass(1);

    assertThat(queue.operationsOf(refs(old, held, young)))
        .extracting(Operation::ref)
        .containsExactly(UUID.fromString(held), UUID.fromString(young));
    assertThat(queue.customer(new CustomerAddress.ByRef(UUID.fromString(old))))
        .hasValueSatisfying(
            customer -> {
              assertThat(customer.odooId()).isNotNull();
              assertThat(customer.change().values().fields().get("city"))
                  .isEqualTo(new FieldValue.Text("Vigo"));
            });
    assertThat(queue.counts()).isEqualTo(counts);
  }

  @Test
  void aCustomerWhoseOperationsAreGoneIsChangedLikeAnyOther() {
    var old = customer(Map.of("name", "Changed after all", "city", "Vigo"));
    scene.drain();
    customer(Map.of("name", "The last"));
    pass(31);

    Till.update(old, Map.of("city", "Lugo")).then().statusCode(202);
    scene.drain();

    assertThat(odoo.partnersNamed("Changed after all").getFirst().value("city")).isEqualTo("Lugo");
    assertThat(queue.operationsOf(refs(old))).hasSize(1);
  }

  @Test
  void ofWhatWasDeliveredAWeekAgoIdsTimesAndTheOutcomeStay() {
    var old = customer(Map.of("name", "Delivered a week ago", "city", "Vigo"));
    scene.drain();
    Till.update(old, Map.of("city", "Lugo")).then().statusCode(202);
    scene.drain();
    pass(8);
    var waiting = customer(Map.of("name", "Held", "lang", "xx_XX"));
    scene.drain();

    retention.removeOld();

    assertThat(queue.operationsOf(refs(old)))
        .hasSize(2)
        .allSatisfy(
            operation -> {
              assertThat(operation.isScrubbed()).isTrue();
              assertThat(operation.base()).isNull();
              assertThat(operation.state()).isInstanceOf(OperationState.Delivered.class);
            });
    assertThat(queue.operationsOf(refs(waiting)).getFirst().isScrubbed()).isFalse();
    // the customer is found as before
    assertThat(queue.search("delivered a week", 10)).hasSize(1);
    // and what is done once is not done again; the daemon may write something else meanwhile
    Await.until(
        Duration.ofSeconds(10), () -> writtenByRemovingOld() == 0, () -> "nothing to remove");
  }

  private long writtenByRemovingOld() {
    var before = WrittenBytes.total();
    retention.removeOld();
    return WrittenBytes.total() - before;
  }

  /**
   * A box without a battery for its clock starts in the past, and is years ahead a moment later;
   * another one's clock is set wrong, and right again.
   */
  @Test
  void aClockThatJumpsForwardByYearsMakesNothingOld() {
    pass(3);
    var young = customer(Map.of("name", "Delivered a moment ago"));
    scene.drain();
    customer(Map.of("name", "The last of them"));

    for (var jump = 0; jump < 3; jump++) {
      clock.advance(Duration.ofDays(2_000));
      retention.removeOld();
      clock.advance(Duration.ofHours(1));
      retention.removeOld();
    }

    assertThat(queue.operationsOf(refs(young))).hasSize(1);
  }

  /** Days go by, and the daemon sees each. */
  private void pass(int days) {
    for (var day = 0; day < days; day++) {
      retention.removeOld();
      clock.advance(Duration.ofDays(1));
    }
    retention.removeOld();
  }

  private static List<UUID> refs(String... refs) {
    return Stream.of(refs).map(UUID::fromString).toList();
  }
}
