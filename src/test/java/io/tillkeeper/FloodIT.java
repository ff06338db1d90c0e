package io.tillkeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** More than the daemon has memory for, sent without waiting for an answer. */
@Execution(ExecutionMode.CONCURRENT)
class FloodIT {

  private static final int CONNECTIONS = 16;

  /** What the binary has by itself. */
  private static final Map<String, String> HEAP = Map.of("JAVA_TOOL_OPTIONS", "-Xmx128m");

  /** All together more than twice the heap, and each more than it may be. */
  private static final Flood LARGE =
      new Flood(
          500,
          "400",
          """
          POST /api/v1/customers HTTP/1.1
          Host: 127.0.0.1
          Content-Type: application/json
          Content-Length: 40000

          """
              + "x".repeat(40_000));

  /** What is kept of each, all together, is more than the heap. */
  private static final Flood SMALL =
      new Flood(
          3_000,
          "200",
          """
          GET /api/v1/status HTTP/1.1
          Host: 127.0.0.1
          X-Filler: %s

          """
              .formatted("x".repeat(300)));

  @TempDir Path storage;

  static List<Flood> floods() {
    return List.of(LARGE, SMALL);
  }

  @ParameterizedTest
  @MethodSource("floods")
  void eachRequestIsAnsweredAndTheMemorySuffices(Flood flood) throws Exception {
    var environment = Daemon.alone(storage);
    environment.putAll(HEAP);
    try (var daemon = Daemon.start(environment);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var answered = new ArrayList<Future<Integer>>();
      for (var connection = 0; connection < CONNECTIONS; connection++) {
        answered.add(threads.submit(() -> flood.answersOf(daemon.url())));
      }
      for (var each : answered) {
        assertThat(each.get()).isEqualTo(flood.requests());
      }
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      assertThat(daemon.allOutput()).noneMatch(line -> line.contains("OutOfMemory"));
    }
  }

  /**
   * One request again and again on one connection, each of which is to be answered with a status.
   */
  private record Flood(int requests, String status, String request) {

    int answersOf(URI daemon) throws IOException {
      try (var socket = new Socket(daemon.getHost(), daemon.getPort())) {
        Thread.ofVirtual().start(() -> send(socket));
        var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
        var answers = 0;
        while (answers < requests) {
          var line = lines.readLine();
          if (line == null) {
            break;
          }
          // the end of an answer and the beginning of the next are in one line
          answers += line.contains("HTTP/1.1 " + status) ? 1 : 0;
        }
        return answers;
      }
    }

    private void send(Socket socket) {
      var bytes = request.replace("\n", "\r\n").getBytes(ISO_8859_1);
      try {
        for (var sent = 0; sent < requests; sent++) {
          socket.getOutputStream().write(bytes);
        }
      } catch (IOException closed) {
        // which the number of answers shows
      }
    }

    @Override
    public String toString() {
      return requests + " requests of " + request.length() + " bytes";
    }
  }
}
