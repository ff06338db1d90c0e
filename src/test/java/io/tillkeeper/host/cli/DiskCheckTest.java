package io.tillkeeper.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.odoo.Finding.Level;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskCheckTest {

  @ParameterizedTest
  @CsvSource({"2, WARNING, faster", "140, OK, ''", "9000, OK, ''", "200000, WARNING, slow"})
  void aDiskThatIsTooFastOrTooSlowIsAWarningWithWhy(long micros, Level level, String why) {
    var finding = DiskCheck.judge(Duration.ofNanos(micros * 1000), "ext4");

    assertThat(finding.level()).isEqualTo(level);
    assertThat(String.valueOf(finding.hint())).contains(why);
  }

  @Test
  void itIsMeasuredAndNothingIsLeftBehind(@TempDir Path directory) {
    var findings = new DiskCheck(directory).run();

    assertThat(findings)
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.sentence())
                    .containsPattern("takes \\d+\\.\\d\\d ms|is in memory"));
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void whatIsNotThereIsNotMade(@TempDir Path directory) {
    assertThat(new DiskCheck(directory.resolve("none")).run()).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }
}
