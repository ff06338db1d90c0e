package io.tillkeeper.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The simulator against exchanges with real servers of Odoo 16, 18 and 19: each request is sent to
 * a fresh simulator that was brought into the state which the request met, and the answer must have
 * the same status, the same shape, the same error name, and blame the same rows and fields.
 */
class RecordedExchangesTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Help for a person who imports a file: links and lists that depend on what is installed. */
  private static final Set<String> NOT_COMPARED = Set.of("moreinfo");

  static Stream<RecordedExchange> exchanges() {
    return Stream.of("16.0", "18.0", "19.0").flatMap(v -> RecordedExchange.of(v).stream());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exchanges")
  void answersAsTheRealServerDid(RecordedExchange recorded) throws Exception {
    String database = "pos" + recorded.version().substring(0, 2);
    SimulatorOptions options =
        SimulatorOptions.odoo(recorded.version()).withAccess(database, "sync", "REDACTED");
    try (Simulator simulator = Simulator.start(options)) {
      HttpResponse<String> answer = new RecordedReplay(simulator, recorded).run();

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(recorded.status());
      assertThat(answer.headers().firstValue("Content-Type").orElse(""))
          .startsWith(recorded.contentType());
      assertThat(answer.headers().firstValue("Connection")).contains("close");
      if (!recorded.answer().isMissingNode()) {
        compare(recorded.answer(), parse(answer.body()), answer.body());
      }
    }
  }

  private static void compare(JsonNode expected, JsonNode actual, String body) {
    assertThat(differences(expected, actual, "")).as(body).isEmpty();
    for (String name : List.of("/error/data/name", "/error/code", "/error/message", "/name")) {
      assertThat(actual.at(name)).as(name).isEqualTo(expected.at(name));
    }
    assertThat(blamed(actual)).isEqualTo(blamed(expected));
  }

  /** Where the shapes differ: other keys, other types, other lengths. */
  private static List<String> differences(JsonNode expected, JsonNode actual, String at) {
    if (expected.getNodeType() != actual.getNodeType()) {
      return List.of(at + " is " + actual.getNodeType() + ", not " + expected.getNodeType());
    }
    List<String> found = new ArrayList<>();
    if (expected.isObject()) {
      Set<String> names = new TreeSet<>();
      expected.fieldNames().forEachRemaining(names::add);
      Set<String> others = new TreeSet<>();
      actual.fieldNames().forEachRemaining(others::add);
      if (!names.equals(others)) {
        found.add(at + " has " + others + ", not " + names);
      }
      names.retainAll(others);
      names.removeAll(NOT_COMPARED);
      names.forEach(
          name -> found.addAll(differences(expected.get(name), actual.get(name), at + "/" + name)));
    } else if (expected.getNodeType() == JsonNodeType.ARRAY) {
      if (expected.size() != actual.size()) {
        found.add(at + " has " + actual.size() + " elements, not " + expected.size());
      }
      for (int i = 0; i < Math.min(expected.size(), actual.size()); i++) {
        found.addAll(differences(expected.get(i), actual.get(i), at + "/" + i));
      }
    }
    return found;
  }

  /** Which rows and fields a {@code load} complains about, and its words on them. */
  private static List<String> blamed(JsonNode answer) {
    JsonNode messages =
        answer.has("result") ? answer.at("/result/messages") : answer.at("/messages");
    List<String> blamed = new ArrayList<>();
    for (JsonNode message : messages) {
      String words = message.path("message").asText().replaceAll("User: [0-9]+", "User: N");
      blamed.add(
          "%s %s %s %s: %s"
              .formatted(
                  message.path("type").asText(),
                  message.path("record"),
                  message.path("rows"),
                  message.path("field").asText(),
                  words.replaceAll("\\([0-9]+\\)", "(N)")));
    }
    return blamed;
  }

  private static JsonNode parse(String body) throws JsonProcessingException {
    return MAPPER.readTree(body);
  }
}
