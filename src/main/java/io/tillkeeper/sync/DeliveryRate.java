package io.tillkeeper.sync;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * How fast what waits gets into Odoo, as the last full rounds have shown; until there was one, what
 * a small server takes. An estimate for a person, and nothing else.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
public class DeliveryRate {

  /** Fewer operations say more about the way to the server than about a flush. */
  private static final int WORTH_KNOWING = 10;

  /** How much of what was known before still counts after a round. */
  private static final double MEMORY = 0.5;

  private double operations = 1_000;
  private double seconds = 10;

  /** A round has brought so many operations into Odoo, or to a person. */
  synchronized void observe(long settled, Duration took) {
    if (settled >= WORTH_KNOWING && took.isPositive()) {
      operations = operations * MEMORY + settled;
      seconds = seconds * MEMORY + took.toNanos() / 1e9;
    }
  }

  /** How long so many take once the link is up. */
  public synchronized Duration estimate(long waiting) {
    return Duration.ofMillis(Math.round(waiting * seconds / operations * 1_000));
  }
}
