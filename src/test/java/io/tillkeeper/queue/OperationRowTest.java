package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OperationRowTest {

  @ParameterizedTest
  @CsvSource({"9997, 9999", "9998, 10000", "9999, 9999", "10000, 10000", "10001, 10000"})
  void longWordsAreCutButNoCharacterIs(int before, int kept) {
    var row = new OperationRow();
    var words = "x".repeat(before) + "\ud83d\ude00";

    row.moveTo(new OperationState.Held(Instant.EPOCH, new Hold(HeldReason.REJECTED, null, words)));

    assertThat(row.heldWords).hasSize(kept).isEqualTo(words.substring(0, kept));
  }
}
