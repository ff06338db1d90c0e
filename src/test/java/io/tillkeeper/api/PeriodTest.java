package io.tillkeeper.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.queue.LinkChange;
import io.tillkeeper.queue.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodTest {

  private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
  private static final Period DAY = Period.until(NOW, Duration.ofHours(24));

  private static LinkChange change(Duration ago, String state, String cause) {
    return new LinkChange(NOW.minus(ago), state, cause);
  }

  private static StatusViews.LinkStretch stretch(
      Duration from, Duration to, String state, String cause) {
    return new StatusViews.LinkStretch(NOW.minus(from), NOW.minus(to), state, cause);
  }

  private static Duration hours(int hours) {
    return Duration.ofHours(hours);
  }

  @Test
  void ofAFirstStartNothingIsKnownBefore() {
    assertThat(DAY.stretches(List.of(change(hours(1), "up", null))))
        .containsExactly(
            stretch(hours(24), hours(1), "unknown", null), stretch(hours(1), hours(0), "up", null));
    assertThat(DAY.stretches(List.of()))
        .containsExactly(stretch(hours(24), hours(0), "unknown", null));
  }

  @Test
  void oneStretchFollowsTheOther() {
    assertThat(
            DAY.stretches(
                List.of(
                    change(hours(40), "down", "dns"),
                    change(hours(30), "up", null),
                    change(hours(10), "off", null),
                    change(hours(9), "down", "starting"),
                    change(hours(9), "up", null),
                    change(hours(2), "blocked", "key"))))
        .containsExactly(
            stretch(hours(24), hours(10), "up", null),
            stretch(hours(10), hours(9), "off", null),
            stretch(hours(9), hours(2), "up", null),
            stretch(hours(2), hours(0), "blocked", "key"));
  }

  @Test
  void aClockThatWasSetBackTurnsNothingAround() {
    assertThat(
            DAY.stretches(
                List.of(
                    change(hours(-5), "up", null),
                    change(hours(3), "down", "dns"),
                    change(hours(2), "up", null))))
        .containsExactly(stretch(hours(24), hours(0), "unknown", null));
  }

  @Test
  void whatCameAndWentIsCountedByQuartersOfAnHour() {
    var slots =
        DAY.slots(
            new Traffic(
                List.of(DAY.from(), NOW.minus(Duration.ofMinutes(15)), NOW, NOW.plusSeconds(1)),
                List.of(DAY.from().minusSeconds(1), NOW.minus(Duration.ofMinutes(16)))));

    assertThat(slots).hasSize(96);
    assertThat(slots.getFirst()).isEqualTo(new StatusViews.Slot(DAY.from(), 1, 0));
    assertThat(slots.get(94))
        .isEqualTo(new StatusViews.Slot(NOW.minus(Duration.ofMinutes(30)), 0, 1));
    assertThat(slots.getLast())
        .isEqualTo(new StatusViews.Slot(NOW.minus(Duration.ofMinutes(15)), 2, 0));
  }
}
