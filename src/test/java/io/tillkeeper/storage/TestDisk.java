package io.tillkeeper.storage;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

/** The disk, which a test may call full. */
@Singleton
@Alternative
@Priority(1)
public class TestDisk extends DiskReserve {

  private volatile boolean full;

  TestDisk(StorageConfig config) {
    super(config);
  }

  @Override
  public long freeBytes() {
    return full ? reserveBytes() : super.freeBytes();
  }

  public void fill(boolean toTheReserve) {
    full = toTheReserve;
  }
}
