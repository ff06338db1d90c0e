package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is answered with 202 is on the disk. */
class DurabilityIT {

  private static final String DATABASE = "queue.mv.db";
  private static final int ROUNDS = 5;

  @TempDir Path directory;

  @Test
  void whatWasAcknowledgedSurvivesAKill() {
    var seed = Long.getLong("tillkeeper.it.seed", System.nanoTime());
    System.out.println("DurabilityIT: -Dtillkeeper.it.seed=" + seed);
    var random = new Random(seed);
    var acknowledged = new TreeMap<Long, String>();
    for (var round = 0; round < ROUNDS; round++) {
      try (var daemon = Daemon.start(Daemon.alone(directory))) {
        assertThat(names(daemon)).as("round %d of seed %d", round, seed).isEqualTo(acknowledged);
        var count = 1 + random.nextInt(40);
        for (var i = 0; i < count; i++) {
          var name = "Customer " + acknowledged.size();
          var receipt = daemon.create(Map.of("values", Map.of("name", name)));
          acknowledged.put(receipt.at("/operation/id").asLong(), name);
        }
        daemon.kill9();
      }
    }
    try (var daemon = Daemon.start(Daemon.alone(directory))) {
      assertThat(names(daemon)).as("seed %d", seed).isEqualTo(acknowledged);
    }
  }

  private static Map<Long, String> names(Daemon daemon) {
    var names = new TreeMap<Long, String>();
    for (JsonNode operation : daemon.operations()) {
      names.put(operation.get("id").asLong(), operation.at("/values/name").asText());
    }
    return names;
  }

  @Test
  void theDatabaseIsWrittenSynchronouslyBeforeTheAnswerLeaves() throws Exception {
    assumeTrue(straceWorks(), "strace is not installed, or may not trace; .ci/run installs it");
    var log = directory.resolve("strace.log");
    var storage = directory.resolve("storage");
    var strace =
        List.of(
            "strace",
            "--follow-forks",
            "--seccomp-bpf",
            "--decode-fds=path",
            "--string-limit=48",
            "--quiet=all",
            "--trace=openat,read,recvfrom,pwrite64,pwritev,write,writev,sendto,sendmsg",
            "--output=" + log);
    try (var daemon = Daemon.launch(Daemon.alone(storage), strace)) {
      daemon.awaitReady();
      for (var i = 0; i < 5; i++) {
        daemon.create(Map.of("values", Map.of("name", "Customer " + i)));
      }
      daemon.stop(Duration.ofSeconds(30));
    }

    var calls = calls(log);
    assertThat(calls)
        // the database itself, and not what a copy is tried with
        .filteredOn(
            call -> call.is("openat") && call.text().contains("\"" + storage.resolve(DATABASE)))
        .filteredOn(call -> call.text().contains("O_RDWR") || call.text().contains("O_WRONLY"))
        .isNotEmpty()
        .allSatisfy(call -> assertThat(call.text()).contains("O_DSYNC"));
    var accepts = accepts(calls);
    assertThat(accepts).hasSize(5);
    assertThat(accepts)
        .allSatisfy(
            accept ->
                assertThat(calls)
                    .anyMatch(
                        call ->
                            (call.is("pwrite64") || call.is("pwritev"))
                                && call.text().contains(DATABASE)
                                && call.began() > accept.read()
                                && call.ended() < accept.answered()));
  }

  private static boolean straceWorks() throws InterruptedException {
    try {
      return new ProcessBuilder("strace", "--quiet=all", "--output=/dev/null", "true")
              .redirectErrorStream(true)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** A system call, and the lines of the log on which it began and ended. */
  private record Call(int began, int ended, String text) {

    boolean is(String name) {
      return text.startsWith(name + "(");
    }
  }

  /** The lines on which a request had been read and on which its answer began to be written. */
  private record Accept(int read, int answered) {}

  private static final Pattern LINE = Pattern.compile("(\\d+) +(.*)");
  private static final String UNFINISHED = " <unfinished ...>";
  private static final Pattern RESUMED = Pattern.compile("<\\.\\.\\. \\w+ resumed>(.*)");

  /** Puts together what strace tells in two parts when another thread comes between. */
  private static List<Call> calls(Path log) throws IOException {
    var calls = new ArrayList<Call>();
    var unfinished = new HashMap<String, Call>();
    var lines = Files.readAllLines(log);
    for (var i = 0; i < lines.size(); i++) {
      var line = LINE.matcher(lines.get(i));
      if (!line.matches()) {
        continue;
      }
      var thread = line.group(1);
      var text = line.group(2);
      var resumed = RESUMED.matcher(text);
      if (text.endsWith(UNFINISHED)) {
        unfinished.put(
            thread, new Call(i, i, text.substring(0, text.length() - UNFINISHED.length())));
      } else if (resumed.matches() && unfinished.remove(thread) instanceof Call begun) {
        calls.add(new Call(begun.began(), i, begun.text() + resumed.group(1)));
      } else {
        calls.add(new Call(i, i, text));
      }
    }
    return calls;
  }

  /** The client sends one request after the other, so that reads and answers alternate. */
  private static List<Accept> accepts(List<Call> calls) {
    var reads = lines(calls, "POST /api/v1/customers", true);
    var answers = lines(calls, "HTTP/1.1 202", false);
    assertThat(answers).hasSameSizeAs(reads);
    var accepts = new ArrayList<Accept>();
    for (var i = 0; i < reads.size(); i++) {
      accepts.add(new Accept(reads.get(i), answers.get(i)));
    }
    return accepts;
  }

  private static List<Integer> lines(List<Call> calls, String content, boolean ended) {
    return calls.stream()
        .filter(call -> call.text().contains("\"" + content))
        .map(call -> ended ? call.ended() : call.began())
        .toList();
  }
}
