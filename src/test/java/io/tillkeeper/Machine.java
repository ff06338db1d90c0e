package io.tillkeeper;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Commands of the system under the tests, with root's rights where they need them. */
final class Machine {

  private static final int LIMIT_SECONDS = 30;

  private Machine() {}

  /**
   * Runs a command as root, which the tests of a workshop are, or may become without a password.
   */
  static void asRoot(String... command) throws IOException {
    var all = new ArrayList<String>();
    if (!System.getProperty("user.name").equals("root")) {
      all.addAll(List.of("sudo", "--non-interactive"));
    }
    all.addAll(List.of(command));
    run(all);
  }

  /** Runs a command and returns what it said. */
  static String run(List<String> command) throws IOException {
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      var said = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(String.join(" ", command) + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /**
   * Skips a test where the machine does not let it break anything, but not where {@code
   * -Dtillkeeper.it.machine=required} says that it must.
   */
  static <T> T missing(IOException why) {
    if (System.getProperty("tillkeeper.it.machine", "").equals("required")) {
      throw new UncheckedIOException(why);
    }
    return abort("this machine does not allow it: " + why.getMessage());
  }
}
