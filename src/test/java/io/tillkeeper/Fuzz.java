package io.tillkeeper;

import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many cases, each made from the seed and its own number alone, so that any of them can be repeated
 * without those before it: {@code -Dtillkeeper.fuzz.cases} makes a run longer, {@code
 * -Dtillkeeper.fuzz.seed} another one, and {@code -Dtillkeeper.fuzz.case} repeats a single case.
 *
 * <p>The short form takes the same seed each time, a longer one a new seed unless it is given one.
 */
public final class Fuzz {

  private static final long USUAL_SEED = 6;
  private static final Integer CASES = Integer.getInteger("tillkeeper.fuzz.cases");
  private static final Integer ONLY = Integer.getInteger("tillkeeper.fuzz.case");
  private static final long SEED =
      Long.getLong("tillkeeper.fuzz.seed", CASES == null ? USUAL_SEED : System.nanoTime());

  private static final int SIDE_BY_SIDE = 6;

  private final String test;
  private final int cases;

  private Fuzz(String test, int cases) {
    this.test = test;
    this.cases = cases;
  }

  /** One case; whatever it throws is said with how to repeat it. */
  @FunctionalInterface
  public interface Case {

    /**
     * @param random what it is made from
     * @throws Exception when it fails
     */
    void run(Random random) throws Exception;
  }

  /**
   * Runs them, a few side by side: most of the time somebody waits.
   *
   * @param test the name to repeat it by
   * @param inTheSuite how many there are in the short form
   * @param share how many in a hundred of the long form's are for these
   */
  public static void run(String test, int inTheSuite, int share, Case each) {
    var fuzz = new Fuzz(test, CASES == null ? inTheSuite : Math.max(1, CASES / 100 * share));
    System.out.printf(
        "%s: %d cases, -Dtillkeeper.fuzz.seed=%d%n", test, ONLY == null ? fuzz.cases : 1, SEED);
    if (ONLY != null) {
      fuzz.run(ONLY, each);
    } else {
      fuzz.runAll(each);
    }
  }

  private void runAll(Case each) {
    var next = new AtomicInteger();
    var failed = new AtomicReference<AssertionError>();
    try (var side = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < SIDE_BY_SIDE; i++) {
        side.execute(
            () -> {
              for (var number = next.getAndIncrement();
                  number < cases && failed.get() == null;
                  number = next.getAndIncrement()) {
                try {
                  run(number, each);
                } catch (AssertionError fault) {
                  failed.compareAndSet(null, fault);
                }
              }
            });
      }
    }
    if (failed.get() != null) {
      throw failed.get();
    }
  }

  private void run(int number, Case each) {
    try {
      each.run(new Random(mixed(number)));
    } catch (Exception | AssertionError | StackOverflowError fault) {
      throw new AssertionError(
          "%s, case %d: repeat it with -Dtillkeeper.fuzz.seed=%d -Dtillkeeper.fuzz.case=%d%n%s"
              .formatted(test, number, SEED, number, fault),
          fault);
    }
  }

  /** Neighbouring numbers make nearly the same first random numbers; these are no neighbours. */
  private static long mixed(int number) {
    return (SEED * 0x9E3779B97F4A7C15L + number) * 0xBF58476D1CE4E5B9L;
  }
}
