package io.tillkeeper.feed;

import java.time.Duration;

/**
 * Something that is done at most once in a while. By the ticks of the machine and not by its clock,
 * which may be set back by an hour when a box finds out what time it is.
 *
 * <p>For one thread.
 */
final class Turn {

  /** A thread that has its turn all the time would do nothing else. */
  private static final long SHORTEST = Duration.ofMillis(1).toNanos();

  private final long interval;
  private long next = System.nanoTime();

  Turn(Duration interval) {
    this.interval = Math.max(SHORTEST, interval.toNanos());
  }

  /** How long until it may be done again; not positive when it may. */
  long nanosLeft() {
    return next - System.nanoTime();
  }

  /** Whether it may be done now, which it then is. */
  boolean take() {
    if (nanosLeft() > 0) {
      return false;
    }
    next = System.nanoTime() + interval;
    return true;
  }
}
