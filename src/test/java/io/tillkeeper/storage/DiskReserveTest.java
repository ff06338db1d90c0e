package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Accepting stops while there is still room to settle what is queued. */
class DiskReserveTest {

  @TempDir Path directory;

  private DiskReserve reserveOf(long bytes) {
    return new DiskReserve(
        new StorageConfig() {
          @Override
          public Path directory() {
            return directory;
          }

          @Override
          public MemorySize reserve() {
            return new MemorySize(BigInteger.valueOf(bytes));
          }

          @Override
          public Duration backupEvery() {
            return Duration.ofHours(1);
          }
        });
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
