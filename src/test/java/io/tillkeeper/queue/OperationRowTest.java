package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRowTest {

  @Test
  void aHistoryKeepsItsBeginningItsEndAndWhatSomethingDependsOn() {
    var row = new OperationRow();
    for (var nth = 0; nth < 1_000; nth++) {
      row.remember(
          Instant.ofEpochSecond(nth),
          nth == 500 ? OperationRow.SHARED : nth == 600 ? OperationRow.UNANSWERED : "held",
          "cause " + nth);
    }

    var kept = Content.readHistory(row.history);
    assertThat(row.history.length()).isLessThan(100_000);
    assertThat(kept).isSortedAccordingTo(Comparator.comparing(HistoryEntry::at));
    assertThat(kept.getFirst().detail()).isEqualTo("cause 0");
    assertThat(kept.getLast().detail()).isEqualTo("cause 999");
    assertThat(kept)
        .extracting(HistoryEntry::event)
        .contains(OperationRow.SHARED, OperationRow.UNANSWERED);
  }

  @ParameterizedTest
  @CsvSource({"9997, 9999", "9998, 10000", "9999, 9999", "10000, 10000", "10001, 10000"})
  void longWordsAreCutButNoCharacterIs(int before, int kept) {
    var row = new OperationRow();
    var words = "x".repeat(before) + "\ud83d\ude00";

    row.moveTo(new OperationState.Held(Instant.EPOCH, new Hold(HeldReason.REJECTED, null, words)));

    assertThat(row.heldWords).hasSize(kept).isEqualTo(words.substring(0, kept));
  }
}
