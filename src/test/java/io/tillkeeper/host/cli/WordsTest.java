package io.tillkeeper.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0 s",
    "119, 119 s",
    "120, 2 min",
    "7199, 119 min",
    "7200, 2 h",
    "172800, 2 days",
    "-3, 0 s"
  })
  void aLengthIsSaidInItsLargestUnit(long seconds, String words) {
    assertThat(Words.length(Duration.ofSeconds(seconds))).isEqualTo(words);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 bytes",
    "999, 999 bytes",
    "1000, 1.0 KB",
    "67108864, 67.1 MB",
    "123456789012, 123 GB"
  })
  void aSizeIsSaidInItsLargestUnit(long bytes, String words) {
    assertThat(Words.size(bytes)).isEqualTo(words);
  }

  @Test
  void aTimeOfAnotherDayIsSaidWithItsDay() {
    var now = Instant.parse("2026-03-01T09:00:00Z");
    assertThat(Words.time(now.minusSeconds(60), now, ZoneOffset.UTC)).isEqualTo("08:59");
    assertThat(Words.time(now.minus(Duration.ofDays(1)), now, ZoneOffset.UTC))
        .isEqualTo("2026-02-28 09:00");
  }

  @Test
  void aTextIsWrappedBetweenItsWords() {
    assertThat(Words.wrapped("one two three", 7)).containsExactly("one two", "three");
    assertThat(Words.wrapped("verylongword a", 4)).containsExactly("verylongword", "a");
    assertThat(Words.wrapped("", 4)).containsExactly("");
  }
}
