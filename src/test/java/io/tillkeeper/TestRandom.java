package io.tillkeeper;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.Random;
import java.util.random.RandomGenerator;

/** The same numbers in each run, so that no test depends on luck. */
@Singleton
@Alternative
@Priority(1)
public class TestRandom implements RandomGenerator {

  private final RandomGenerator seeded = new Random(20260301);

  @Override
  public synchronized long nextLong() {
    return seeded.nextLong();
  }
}
