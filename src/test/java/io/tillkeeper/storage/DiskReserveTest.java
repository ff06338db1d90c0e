package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepting stops while there is still room to settle what is queued. */
class DiskReserveTest {

  @TempDir Path directory;

  private DiskReserve reserveOf(long bytes) {
    return new DiskReserve(TestStorage.plain(directory).keeping(bytes));
  }

  @Test
  void aDiskWithRoomBeyondTheReserveIsIntact() {
    assertThat(reserveOf(0).isIntact()).isTrue();
    assertThat(reserveOf(0).freeBytes()).isPositive();
  }

  @Test
  void aDiskThatHasNotEvenTheReserveIsNot() {
    assertThat(reserveOf(Long.MAX_VALUE).isIntact()).isFalse();
  }
}
