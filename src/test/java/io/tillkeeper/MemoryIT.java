package io.tillkeeper;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What the native binary leaves to the others on the box while it has nothing to do. */
@Execution(ExecutionMode.CONCURRENT)
class MemoryIT {

  private static final long MEBIBYTE_IN_KB = 1024;
  private static final long AT_REST = 64 * MEBIBYTE_IN_KB;

  @TempDir Path storage;

  @Test
  void whatIsNotNeededAtRestIsGivenBackAndTheDaemonGoesOn() {
    assumeTrue(Daemon.binary().isPresent(), "the jar's memory is the JVM's business");
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      for (var i = 0; i < 50; i++) {
        daemon.create(Map.of("values", Map.of("name", "Customer " + i)));
      }
      Await.until(
          Duration.ofMinutes(3),
          () -> resident(daemon) < AT_REST,
          () -> "it gives back what it does not need: %d kB".formatted(resident(daemon)));

      daemon.create(Map.of("values", Map.of("name", "After the rest")));
    }
  }

  private static long resident(Daemon daemon) {
    try (var lines = Files.lines(Path.of("/proc/%d/status".formatted(daemon.handle().pid())))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
