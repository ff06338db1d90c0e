package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {

  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), new Random(1));

  @ParameterizedTest
  @CsvSource({"0, 1000", "1, 2000", "3, 8000", "6, 60000", "1000000, 60000"})
  void theBoundDoublesUpToTheLongest(int tries, long boundMillis) {
    var pauses = IntStream.range(0, 1000).mapToObj(n -> backoff.after(tries)).toList();

    assertThat(pauses)
        .allSatisfy(
            pause ->
                assertThat(pause).isBetween(Duration.ofMillis(1), Duration.ofMillis(boundMillis)));
    assertThat(pauses)
        .anySatisfy(pause -> assertThat(pause.toMillis()).isGreaterThan(boundMillis * 9 / 10));
  }

  @Test
  void thePausesAreSpreadOverTheWholeTime() {
    var brief = IntStream.range(0, 1000).filter(n -> backoff.after(6).toMillis() < 30_000).count();

    assertThat(brief).isBetween(400L, 600L);
  }
}
