package io.tillkeeper.storage;

import java.util.concurrent.atomic.LongAdder;

/** How many bytes this process has written to its databases: what an SD card wears out by. */
public final class WrittenBytes {

  private static final LongAdder TOTAL = new LongAdder();

  private WrittenBytes() {}

  /** Since the start of the process. */
  public static long total() {
    return TOTAL.sum();
  }

  static void add(int written) {
    TOTAL.add(written);
  }
}
