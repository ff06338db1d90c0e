package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Simulator;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Customers that a daemon has acknowledged while its machine failed it, and how it refused others.
 */
final class Accepted {

  private static final int MOST_LINES = 12;

  private final List<String> names = new ArrayList<>();
  private final List<HttpResponse<String>> refused = new ArrayList<>();
  private int lines;

  /** Hands over so many new customers, each with a text of this length. */
  void offer(Daemon daemon, int customers, int length) throws IOException {
    for (var i = 0; i < customers; i++) {
      var name = "Customer %d".formatted(names.size() + refused.size());
      var answer = offer(daemon, Map.of("name", name, "comment", "x".repeat(length)));
      if (answer.statusCode() == 202) {
        names.add(name);
      } else {
        refused.add(answer);
      }
    }
  }

  /** The same, and none of them may be refused. */
  void offerAndExpect(Daemon daemon, int customers, int length) throws IOException {
    var before = refused.size();
    offer(daemon, customers, length);
    assertThat(refused.subList(before, refused.size())).extracting(HttpResponse::body).isEmpty();
  }

  private static HttpResponse<String> offer(Daemon daemon, Map<String, String> values) {
    try {
      return daemon.call("POST", "/api/v1/customers", Map.of("values", values), null);
    } catch (IOException e) {
      throw new AssertionError("no answer: " + daemon.allOutput(), e);
    }
  }

  int count() {
    return names.size();
  }

  /** Each that was refused was told so in a plain sentence; some were. */
  void assertRefusedBecause(String... problems) throws IOException {
    assertThat(refused).isNotEmpty();
    for (var answer : refused) {
      JsonNode problem = Daemon.JSON.readTree(answer.body());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
      assertThat(problem.get("type").asText().replace("urn:tillkeeper:problem:", ""))
          .isIn((Object[]) problems);
      assertThat(problem.get("detail").asText()).endsWith(".");
    }
  }

  /** From now on the log is looked at. */
  void remember(Daemon daemon) {
    lines = daemon.allOutput().size();
  }

  /** It said so in a line that has these words, and not again and again. */
  void assertLogIsShort(Daemon daemon, String words) {
    var said = daemon.allOutput().subList(lines, daemon.allOutput().size());
    assertThat(said).noneMatch(line -> line.startsWith("\tat "));
    assertThat(said.stream().filter(line -> !line.contains(" INFO  "))).hasSizeLessThan(MOST_LINES);
    assertThat(said).anyMatch(line -> line.contains(words));
  }

  /** What was acknowledged is in the queue, and perhaps what was not. */
  void assertInTheQueue(Daemon daemon) {
    assertThat(daemon.operations()).hasSizeGreaterThanOrEqualTo(names.size());
  }

  /** All that was acknowledged is in Odoo. */
  boolean areIn(Simulator odoo) {
    return names.stream().noneMatch(name -> odoo.partnersNamed(name).isEmpty());
  }

  /** What was acknowledged is in Odoo once, and nothing is twice. */
  void awaitInOdoo(Simulator odoo, Daemon daemon, Duration limit) {
    Await.until(limit, () -> areIn(odoo), () -> "all is in Odoo: " + daemon.allOutput());
    assertThat(names).allSatisfy(name -> assertThat(odoo.partnersNamed(name)).hasSize(1));
    assertThat(new TreeSet<>(names)).hasSize(names.size());
  }
}
