package io.tillkeeper.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * After a long outage, all the terminals of all the shops find Odoo back within the same minute.
 * Each begins to send at a random moment of a window, which is the wider the longer the outage was,
 * since that much more has queued up.
 */
final class StartWindow {

  /** What is shorter leaves little behind, and is not worth a wait. */
  private static final Duration SHORT_OUTAGE = Duration.ofMinutes(1);

  /** A minute of outage for three seconds of window. */
  private static final int SHARE = 20;

  private final Duration longest;
  private final RandomGenerator random;

  StartWindow(Duration longest, RandomGenerator random) {
    this.longest = longest;
    this.random = random;
  }

  /** How long to wait before the first delivery. */
  Duration after(Duration outage) {
    if (outage.compareTo(SHORT_OUTAGE) <= 0) {
      return Duration.ZERO;
    }
    var bound = Math.min(outage.toMillis() / SHARE, longest.toMillis());
    return Duration.ofMillis(random.nextLong(bound + 1));
  }

  /** Whether no window holds so long a wait: the clock was set back meanwhile. */
  boolean isTooLong(Duration wait) {
    return wait.compareTo(longest) > 0;
  }
}
