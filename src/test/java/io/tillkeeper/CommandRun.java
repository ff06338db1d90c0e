package io.tillkeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One run of the product with a command, from its start to its end. */
record CommandRun(int exitCode, String output, String errors) {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  static CommandRun of(Map<String, String> environment, String... arguments) {
    return told("", environment, arguments);
  }

  /**
   * @param input what it reads
   */
  static CommandRun told(String input, Map<String, String> environment, String... arguments) {
    try {
      var process = Daemon.process(environment, List.of(), arguments).start();
      try {
        try (var in = process.getOutputStream()) {
          in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        var errors = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
        var output = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
        if (!process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new AssertionError("did not end: " + String.join(" ", arguments));
        }
        return new CommandRun(process.exitValue(), output.join(), errors.join());
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String text(InputStream from) {
    try (from) {
      return new String(from.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    return output.lines().toList();
  }

  JsonNode json() {
    try {
      return Daemon.JSON.readTree(output);
    } catch (IOException e) {
      throw new AssertionError(toString(), e);
    }
  }
}
