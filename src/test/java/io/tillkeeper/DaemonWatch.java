package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.RawConnection.Answer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.regex.Pattern;

/** Looks at what a daemon answers, accepts, writes into its log and takes of the machine. */
final class DaemonWatch {

  private static final Pattern LOG_LINE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d (INFO |WARN ) .*");
  private static final String TOLD_BY_JAVA = "Picked up JAVA_TOOL_OPTIONS: ";
  private static final Pattern INSIDE =
      Pattern.compile(
          "\\w+(Exception|Error)\\b|\\tat |\\.java:\\d|\\b(java|jakarta|javax|org|com|io)\\.[a-z]+\\.[\\w.]*[A-Z]");
  private static final Set<Integer> MAY_BE_REFUSED_FOR_A_WHILE = Set.of(503, 507);

  /** What the server itself answers to a version of HTTP that there is not. */
  private static final int UNKNOWN_VERSION = 501;

  /** Far above any answer of a machine that is busy with something else. */
  static final Duration HANGS = Duration.ofSeconds(20);

  private final Daemon daemon;
  private final Set<Long> accepted = new ConcurrentSkipListSet<>();

  DaemonWatch(Daemon daemon) {
    this.daemon = daemon;
  }

  /**
   * Looks at an answer, and remembers what was accepted by it.
   *
   * @param problem whether a refusal must say why: to a request that is one of HTTP's
   */
  void answered(Answer answer, boolean problem) {
    answeredHead(answer, problem);
    var said = answer.status() + " " + answer.headers() + " " + answer.body();
    assertThat(INSIDE.matcher(answer.body()).find()).as(said).isFalse();
    var isProblem = answer.header("content-type").filter("application/problem+json"::equals);
    if (answer.status() >= 400 && (problem || isProblem.isPresent() || !answer.body().isEmpty())) {
      var json = json(answer.body(), said);
      assertThat(isProblem).as(said).isPresent();
      assertThat(json.path("detail").asText()).as(said).isNotBlank();
      assertThat(json.path("type").asText()).as(said).startsWith("urn:tillkeeper:problem:");
      assertThat(json.path("status").asInt()).as(said).isEqualTo(answer.status());
    } else if (answer.header("content-type").filter(t -> t.contains("json")).isPresent()) {
      remember(json(answer.body(), said));
    }
  }

  /** Sends a request, of which each is answered, and looks at what comes back. */
  List<Answer> answersTo(HostileRequest request) throws IOException {
    try (var connection = RawConnection.to(daemon.url())) {
      connection.send(request.bytes());
      var answers = connection.read(1, request.hasBody(), HANGS);
      assertThat(answers.quiet()).as("no answer").isFalse();
      for (var answer : answers.all()) {
        if (request.hasBody()) {
          // what is no address is refused before anyone can say why
          answered(answer, !answer.body().isEmpty());
        } else {
          answeredHead(answer, true);
        }
      }
      return answers.all();
    } catch (AssertionError | RuntimeException fault) {
      throw again(request.bytes(), fault);
    }
  }

  /** Looks at an answer without a body. */
  void answeredHead(Answer answer, boolean problem) {
    var said = answer.status() + " " + answer.headers() + " " + answer.body();
    if (answer.status() >= 500 && (problem || answer.status() != UNKNOWN_VERSION)) {
      assertThat(MAY_BE_REFUSED_FOR_A_WHILE).as(said).contains(answer.status());
    }
  }

  private static JsonNode json(String body, String said) {
    try {
      return Daemon.JSON.readTree(body);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + said, e);
    }
  }

  private void remember(JsonNode body) {
    if (body.path("durable").asBoolean() && body.path("operation").has("id")) {
      accepted.add(body.at("/operation/id").asLong());
    }
    body.at("/tillkeeper/customers").forEach(each -> accepted.add(each.get("operation").asLong()));
  }

  /** The daemon is as it was before all that was sent to it. */
  void assertAsBefore() throws IOException {
    assertWorks();
    assertReadable();
    assertAcceptedIsWhatWasAnswered();
    assertLogIsClean();
  }

  /** What is in the queue is what was answered with a receipt, no more and no less. */
  void assertAcceptedIsWhatWasAnswered() {
    var inTheQueue = new TreeSet<Long>();
    daemon.operations().forEach(operation -> inTheQueue.add(operation.get("id").asLong()));
    assertThat(inTheQueue).isEqualTo(new TreeSet<>(accepted));
  }

  /** It goes on as if nothing had been. */
  void assertWorks() {
    daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "auto"));
    var receipt = daemon.create(Map.of("values", Map.of("name", "Ana")));
    accepted.add(receipt.at("/operation/id").asLong());
    assertThat(daemon.status().get("mode").asText()).isEqualTo("auto");
  }

  /**
   * Nothing of a request is in the log, none began a line of it, and none was taken for a fault.
   */
  void assertLogIsClean() {
    assertThat(daemon.output()).allMatch(line -> LOG_LINE.matcher(line).matches());
    assertThat(daemon.errors()).allMatch(line -> line.startsWith(TOLD_BY_JAVA));
    assertThat(daemon.output()).noneMatch(line -> line.contains(HostileJson.CANARY));
  }

  /** Somebody else was given a receipt for this one. */
  void acceptedToo(long operation) {
    accepted.add(operation);
  }

  /** How many listen to the feed. */
  int listeners() {
    try {
      return daemon
          .call("GET", "/q/metrics", null, null)
          .body()
          .lines()
          .filter(line -> line.startsWith("tillkeeper_feed_listeners"))
          .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many files and connections it has open. */
  int descriptors() {
    try (var open = Files.list(Path.of("/proc/%d/fd".formatted(daemon.handle().pid())))) {
      return (int) open.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has in memory, in kB. */
  long resident() {
    try {
      return Files.readAllLines(Path.of("/proc/%d/status".formatted(daemon.handle().pid())))
          .stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What went wrong with a request, and how to send it again. */
  static AssertionError again(byte[] request, Throwable fault) {
    return new AssertionError(
        "%s%nprintf '%s' | nc 127.0.0.1 PORT".formatted(fault, replayable(request)), fault);
  }

  /** A request in a form that one can send again: {@code printf 'TEXT' | nc}. */
  static String replayable(byte[] bytes) {
    var text = new StringBuilder();
    for (var each : bytes) {
      switch (each) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '%' -> text.append("%%");
        default ->
            text.append(
                each >= ' ' && each <= '~' && each != '\\' && each != '\''
                    ? String.valueOf((char) each)
                    : "\\%03o".formatted(each & 0xff));
      }
    }
    return text.length() > 6_000
        ? text.substring(0, 6_000) + "... (%d bytes)".formatted(bytes.length)
        : text.toString();
  }

  /** Everything that a page or a program reads of the queue can be read. */
  void assertReadable() throws IOException {
    for (var path :
        List.of("/api/v1/operations?order=newest", "/api/v1/history", "/q/metrics", "/q/health")) {
      assertThat(daemon.call("GET", path, null, null).statusCode()).as(path).isEqualTo(200);
    }
  }
}
