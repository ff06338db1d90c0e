package io.tillkeeper.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many files and connections this process may have open at once. */
final class OpenFilesLimit {

  /** For as many connections as are taken, and all else that is open. */
  static final long ENOUGH = 1_024;

  private static final Path LIMITS = Path.of("/proc/self/limits");

  /** The one that holds; Java raises it to what it may be raised to. */
  private static final Pattern OPEN_FILES = Pattern.compile("Max open files +(\\d+) .*");

  private OpenFilesLimit() {}

  /** The limit; empty when there is none, or the system does not say. */
  static Optional<Long> read() {
    try (var lines = Files.lines(LIMITS)) {
      return lines
          .map(OPEN_FILES::matcher)
          .filter(found -> found.matches())
          .map(found -> Long.valueOf(found.group(1)))
          .findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
