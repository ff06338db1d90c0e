package io.tillkeeper;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** More than the daemon has memory for, sent without waiting for an answer. */
@Execution(ExecutionMode.CONCURRENT)
class FloodIT {

  private static final int CONNECTIONS = 16;
  private static final int REQUESTS = 500;

  /** All together more than twice the heap. */
  private static final int BODY = 40_000;

  /** What the binary has by itself. */
  private static final Map<String, String> HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");

  @TempDir Path storage;

  @Test
  void eachRequestIsAnsweredAndTheMemorySuffices() throws Exception {
    var environment = Daemon.alone(storage);
    environment.putAll(HEAP);
    try (var daemon = Daemon.start(environment);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answered = new ArrayList<Future<Integer>>();
      for (var connection = 0; connection < CONNECTIONS; connection++) {
        answered.add(threads.submit(flood(daemon.url())));
      }
      for (var each : answered) {
        assertThat(each.get()).isEqualTo(REQUESTS);
      }
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      assertThat(daemon.allOutput()).noneMatch(line -> line.contains("OutOfMemory"));
    }
  }

  /** How many were answered, each of them as it should be. */
  private static Callable<Integer> flood(URI daemon) {
    var request =
        ("POST /api/v1/customers HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                    .formatted(BODY)
                + "x".repeat(BODY))
            .getBytes(US_ASCII);
    return () -> {
      try (var socket = new Socket(daemon.getHost(), daemon.getPort())) {
        Thread.ofVirtual()
            .start(
                () -> {
                  for (var sent = 0; sent < REQUESTS; sent++) {
                    try {
                      socket.getOutputStream().write(request);
                    } catch (IOException closed) {
                      return; // which the number of answers shows
                    }
                  }
                });
        return answers(socket);
      }
    };
  }

  private static int answers(Socket socket) throws IOException {
    var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    var answers = 0;
    while (answers < REQUESTS) {
      var line = lines.readLine();
      if (line == null) {
        break;
      }
      // the end of an answer and the beginning of the next are in one line
      answers += line.contains("HTTP/1.1 400 ") ? 1 : 0;
    }
    return answers;
  }
}
