package io.tillkeeper.host;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.odoo.LinkCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard and the alert rules ask for what there is. */
@QuarkusTest
@WithTestResource(TestBox.class)
class DeployFilesQuarkusTest {

  private static final Pattern METRIC = Pattern.compile("\\b(?:tillkeeper|process)_[a-z_]+\\b");

  /** A metric, and the values that one of its labels is asked for. */
  private static final Pattern SELECTION =
      Pattern.compile("\\b(tillkeeper_[a-z_]+)\\{([a-z]+)=~?\"([a-z|-]+)\"}");

  private static Set<String> series() {
    return given()
        .get("/q/metrics")
        .then()
        .statusCode(200)
        .extract()
        .asString()
        .lines()
        .filter(Predicate.not(line -> line.startsWith("#")))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toSet());
  }

  private static Stream<MatchResult> found(Pattern what, String file) throws IOException {
    // in JSON, quotation marks have a backslash
    return what.matcher(Files.readString(Path.of("deploy", file)).replace("\\", "")).results();
  }

  @ParameterizedTest
  @ValueSource(strings = {"grafana/tillkeeper.json", "prometheus/tillkeeper.rules.yml"})
  void everyMetricIsOneThatTheDaemonHas(String file) throws IOException {
    var served =
        series().stream().map(name -> name.replaceFirst("\\{.*", "")).collect(Collectors.toSet());

    assertThat(found(METRIC, file).map(MatchResult::group)).isNotEmpty().isSubsetOf(served);
  }

  private static Set<String> asked() throws IOException {
    return found(SELECTION, "prometheus/tillkeeper.rules.yml")
        .flatMap(
            selection ->
                Stream.of(selection.group(3).split("\\|"))
                    .map(value -> series(selection.group(1), selection.group(2), value)))
        .collect(Collectors.toSet());
  }

  private static String series(String metric, String label, String value) {
    return "%s{%s=\"%s\"}".formatted(metric, label, value);
  }

  @Test
  void everyReasonIsOneThatTheDaemonGives() throws IOException {
    assertThat(asked()).hasSizeGreaterThan(5).isSubsetOf(series());
  }

  @Test
  void everyReasonForWhichAPersonIsNeededIsAskedFor() throws IOException {
    assertThat(asked())
        .containsAll(
            Stream.of(LinkCause.values())
                .filter(LinkCause::blocked)
                .map(cause -> series("tillkeeper_link_cause", "cause", cause.code()))
                .toList());
  }
}
