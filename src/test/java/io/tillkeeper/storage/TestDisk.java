package io.tillkeeper.storage;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** The disk, which a test may call full, or nearly so. */
@Singleton
@Alternative
@Priority(1)
public class TestDisk extends DiskReserve {

  private static final long AS_IT_IS = -1;

  private volatile long left = AS_IT_IS;

  TestDisk(StorageConfig config) {
    super(config);
  }

  @Override
  public long freeBytes() {
    return left == AS_IT_IS ? super.freeBytes() : reserveBytes() + left;
  }

  public void fill(boolean toTheReserve) {
    left = toTheReserve ? 0 : AS_IT_IS;
  }

  /** Bytes above the reserve. */
  void leave(long bytes) {
    left = bytes;
  }
}
