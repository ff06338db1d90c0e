package io.tillkeeper;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that another process does, and never longer than a deadline. */
public final class Await {

  private static final long PAUSE_NANOS = Duration.ofMillis(20).toNanos();

  private Await() {}

  /**
   * Returns as soon as the condition holds.
   *
   * @param what is said when it does not in time
   */
  public static void until(Duration limit, BooleanSupplier condition, Supplier<String> what) {
    var deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not within " + limit + ": " + what.get());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}
