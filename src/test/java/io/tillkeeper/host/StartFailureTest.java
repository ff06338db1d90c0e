package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValidationException.Problem;
import io.tillkeeper.storage.StartRefused;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  private static StartFailure of(String... problems) {
    var all = new Problem[problems.length];
    for (var i = 0; i < problems.length; i++) {
      all[i] = new Problem(problems[i]);
    }
    return StartFailure.of(new RuntimeException("start", new ConfigValidationException(all)))
        .orElseThrow();
  }

  @Test
  void aValueThatCannotBeReadIsNamedByItsKeyAndNotRepeated() {
    var failure =
        of(
            "java.lang.IllegalArgumentException: SRCFG00039: The config property"
                + " tillkeeper.odoo.url with the config value \"http://user:secret@a b\" threw an"
                + " Exception whilst being converted Illegal character: http://user:secret@a b");

    assertThat(failure.sentences())
        .containsExactly("tillkeeper.odoo.url has a value that it cannot have.");
    assertThat(failure.exitCode()).isEqualTo(78);
  }

  @Test
  void eachProblemHasASentence() {
    var failure =
        of(
            "tillkeeper.sync.batch must be greater than or equal to 1",
            "java.util.NoSuchElementException: SRCFG00014: The config property a.b is required but"
                + " it could not be found in any config source");

    assertThat(failure.sentences())
        .containsExactly(
            "tillkeeper.sync.batch must be greater than or equal to 1.",
            "The config property a.b is required but it could not be found in any config source.");
  }

  @Test
  void aRefusalIsFoundBelowWhatTheFrameworkPutsAroundIt() {
    var refused = new IllegalStateException(new StartRefused("No.", 73));

    assertThat(StartFailure.of(new RuntimeException("start", refused)))
        .contains(new StartFailure(List.of("No."), 73));
  }

  @Test
  void aFaultOfOursIsNotExplained() {
    assertThat(StartFailure.of(new IllegalStateException("bug"))).isEmpty();
  }

  /** After a stop a start may be the first to read what a disk has lost. */
  @Test
  void aDatabaseThatCannotBeReadIsForTheNextStartToRepair() {
    var failure =
        new IllegalStateException("wrapped", new SQLException("General error", "HY000", 50_000));

    var known = StartFailure.of(failure).orElseThrow();

    assertThat(known.sentences()).singleElement().asString().contains("may be damaged");
    assertThat(known.exitCode()).isEqualTo(74);
  }
}
