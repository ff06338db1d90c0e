package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeliveryRateTest {

  private final DeliveryRate rate = new DeliveryRate();

  @Test
  void untilSomethingIsKnownASmallServerIsAssumed() {
    assertThat(rate.estimate(0)).isZero();
    assertThat(rate.estimate(1_000)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void aFewFullRoundsTellHowFastOdooIs() {
    for (var round = 0; round < 12; round++) {
      rate.observe(1_000, Duration.ofSeconds(3));
    }

    assertThat(rate.estimate(10_000)).isBetween(Duration.ofSeconds(29), Duration.ofSeconds(31));
  }

  @Test
  void aFewOperationsAndAClockThatWasSetBackTellNothing() {
    rate.observe(1, Duration.ofSeconds(30));
    rate.observe(1_000, Duration.ofSeconds(-7));

    assertThat(rate.estimate(1_000)).isEqualTo(Duration.ofSeconds(10));
  }
}
