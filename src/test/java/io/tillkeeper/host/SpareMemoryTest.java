package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SpareMemoryTest {

  private final SpareMemory memory = new SpareMemory();

  private boolean lookAt(int milliseconds) {
    return lookAt(milliseconds, 0);
  }

  private boolean lookAt(int milliseconds, int mebibytes) {
    return memory.isTime(Duration.ofMillis(milliseconds), (long) mebibytes << 20);
  }

  @Test
  void memoryIsGivenBackOnceWhenTheWorkIsOver() {
    assertThat(lookAt(600)).as("it has just started").isFalse();
    assertThat(lookAt(700)).as("the start is over").isTrue();
    assertThat(lookAt(800)).as("nothing has happened since").isFalse();
    assertThat(lookAt(9_000)).as("a burst").isFalse();
    assertThat(lookAt(17_000)).as("the burst goes on").isFalse();
    assertThat(lookAt(17_010)).as("the burst is over").isTrue();
    assertThat(lookAt(17_020)).isFalse();
  }

  @Test
  void memoryIsGivenBackAgainWhenEnoughHasComeTogetherAtRest() {
    memory.given(Duration.ofMillis(500), 7L << 20);
    assertThat(lookAt(600, 8)).as("the start is over").isTrue();
    memory.given(Duration.ofMillis(650), 7L << 20);

    assertThat(lookAt(660, 9)).isFalse();
    assertThat(lookAt(670, 11)).isTrue();
    memory.given(Duration.ofMillis(700), 8L << 20);
    assertThat(lookAt(710, 11)).isFalse();
  }
}
