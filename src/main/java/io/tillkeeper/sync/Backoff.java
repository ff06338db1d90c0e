package io.tillkeeper.sync;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential back-off with full jitter: a moment between now and a bound that doubles with each
 * try.
 */
final class Backoff {

  private static final int MOST_DOUBLINGS = 20;

  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
  }

  /**
   * How long to wait.
   *
   * @param tries how many have failed before this one, in a row
   */
  Duration after(int tries) {
    var bound = Math.min(first.toMillis() << Math.min(tries, MOST_DOUBLINGS), longest.toMillis());
    return Duration.ofMillis(1 + random.nextLong(bound)); // at once would be no pause
  }
}
