package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.Hold;
import io.tillkeeper.queue.Outcome;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jboss.logging.Logger.Level;
import org.junit.jupiter.api.Test;

/** What the log says of deliveries: which operations, how it ended, what happens next. */
class DeliveryLogTest {

  private static final Outcome.Unavailable LOST =
      new Outcome.Unavailable("refused", Instant.parse("2026-03-01T09:00:07.321Z"));

  @Test
  void anAnswerIsALineOfItsOwn() {
    var outcomes = new LinkedHashMap<Long, Outcome>();
    outcomes.put(5L, new Outcome.Delivered(8, CustomerValues.NONE, Findings.NONE));
    outcomes.put(6L, new Outcome.Held(new Hold(HeldReason.REJECTED, "email", "hidden")));
    outcomes.put(7L, new Outcome.PutBack());

    assertThat(DeliveryLog.lines(outcomes))
        .containsExactly(
            new LogLine(Level.INFO, "Operation 5 delivered: partner 8 in Odoo."),
            new LogLine(
                Level.WARN,
                "Operation 6 held: rejected. Its customer's later operations wait; a person must"
                    + " decide."),
            new LogLine(Level.DEBUG, "Operation 7 put back: it was not sent."));
  }

  @Test
  void whatWaitsForOneReasonIsOneLine() {
    assertThat(DeliveryLog.lines(Map.of(5L, LOST)))
        .containsExactly(
            new LogLine(
                Level.WARN,
                "Operation 5 not delivered: refused. It is sent again, not before"
                    + " 2026-03-01T09:00:07Z."));

    var both = new LinkedHashMap<Long, Outcome>();
    both.put(5L, LOST);
    both.put(9L, LOST);
    assertThat(DeliveryLog.lines(both))
        .containsExactly(
            new LogLine(
                Level.WARN,
                "Operations 5, 9 not delivered: refused. They are sent again, not before"
                    + " 2026-03-01T09:00:07Z."));
  }

  @Test
  void manyOperationsDoNotMakeALineThatIsCut() {
    var outcomes = new LinkedHashMap<Long, Outcome>();
    LongStream.range(0, 250).forEach(i -> outcomes.put(Long.MAX_VALUE - i, LOST));

    assertThat(DeliveryLog.lines(outcomes))
        .hasSize(3)
        .allSatisfy(line -> assertThat(line.text()).hasSizeLessThan(4096));
  }

  @Test
  void aFaultOfOurOwnSaysWhereButNotWhat() {
    var line = DeliveryLog.fault(List.of(5L, 6L), new IllegalStateException("hidden"), LOST);

    assertThat(line.level()).isEqualTo(Level.ERROR);
    assertThat(line.text())
        .startsWith(
            "Operations 5, 6 not delivered: a fault in Tillkeeper,"
                + " java.lang.IllegalStateException at io.tillkeeper.sync.DeliveryLogTest")
        .endsWith("They are sent again, not before 2026-03-01T09:00:07Z.")
        .doesNotContain("hidden");
  }
}
