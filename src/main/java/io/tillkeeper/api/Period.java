package io.tillkeeper.api;

import io.tillkeeper.queue.LinkChange;
import io.tillkeeper.queue.Traffic;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A time up to now, and what is to be told of it. */
record Period(Instant from, Instant to) {

  private static final int SLOTS = 96;
  private static final String UNKNOWN = "unknown";

  static Period until(Instant now, Duration length) {
    var to = now.truncatedTo(ChronoUnit.MILLIS);
    return new Period(to.minus(length), to);
  }

  /** What the link was like, without a gap. */
  List<StatusViews.LinkStretch> stretches(List<LinkChange> changes) {
    var stretches = new ArrayList<StatusViews.LinkStretch>();
    var begin = from;
    var state = UNKNOWN;
    @Nullable String cause = null;
    for (var change : changes) {
      // a clock that was set back must not turn the order of things around
      var at = clamp(change.at(), begin);
      if (at.isAfter(begin)) {
        stretches.add(new StatusViews.LinkStretch(begin, at, state, cause));
      }
      begin = at;
      state = change.state();
      cause = change.cause();
    }
    if (to.isAfter(begin)) {
      stretches.add(new StatusViews.LinkStretch(begin, to, state, cause));
    }
    return stretches;
  }

  private Instant clamp(Instant moment, Instant atLeast) {
    var early = moment.isBefore(atLeast) ? atLeast : moment;
    return early.isAfter(to) ? to : early;
  }

  /** How many came and went in each of the equal parts of the period. */
  List<StatusViews.Slot> slots(Traffic traffic) {
    var accepted = count(traffic.accepted());
    var delivered = count(traffic.delivered());
    return IntStream.range(0, SLOTS)
        .mapToObj(
            i -> new StatusViews.Slot(from.plus(slot().multipliedBy(i)), accepted[i], delivered[i]))
        .toList();
  }

  private int[] count(List<Instant> moments) {
    var counts = new int[SLOTS];
    for (var moment : moments) {
      if (!moment.isBefore(from) && !moment.isAfter(to)) {
        var place = Duration.between(from, moment).dividedBy(slot());
        counts[(int) Math.min(place, SLOTS - 1)]++;
      }
    }
    return counts;
  }

  private Duration slot() {
    return Duration.between(from, to).dividedBy(SLOTS);
  }
}
