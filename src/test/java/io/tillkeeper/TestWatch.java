package io.tillkeeper;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The clock of a daemon's process, which a test sets while it runs. */
final class TestWatch {

  private final Path library;
  private final Path ahead;

  private TestWatch(Path library, Path ahead) {
    this.library = library;
    this.ahead = ahead;
  }

  /** Makes one; skips the test where there is no compiler. */
  static TestWatch in(Path directory) throws IOException {
    var watch = new TestWatch(directory.resolve("clock.so"), directory.resolve("ahead"));
    watch.set(Duration.ZERO);
    try {
      Machine.run(
          List.of(
              "gcc",
              "-shared",
              "-fPIC",
              "-O1",
              "-o",
              watch.library.toString(),
              "src/test/c/clock.c",
              "-ldl"));
      return watch;
    } catch (IOException e) {
      return Machine.missing(e);
    }
  }

  /** The same environment for a process that goes by this clock. */
  Map<String, String> worn(Map<String, String> environment) {
    environment.put("LD_PRELOAD", library.toString());
    environment.put("CLOCK_AHEAD", ahead.toString());
    return environment;
  }

  /** Sets it so far ahead of the right time. */
  void set(Duration wrong) {
    var seconds =
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.nativeOrder())
            .putLong(wrong.toSeconds())
            .array();
    try (var file = new RandomAccessFile(ahead.toFile(), "rw")) {
      file.write(seconds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
