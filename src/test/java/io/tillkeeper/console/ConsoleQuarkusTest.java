package io.tillkeeper.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page and what it is made of: all of it served by the daemon, and nothing by anyone else. */
@QuarkusTest
@WithTestResource(TestBox.class)
class ConsoleQuarkusTest {

  private static final Path RESOURCES = Path.of("src/main/resources/META-INF/resources");

  private static final Map<String, String> TYPES =
      Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  /** The name of a format is no address, and neither is this machine in an example. */
  private static final List<String> NO_ADDRESSES =
      List.of("http://www.w3.org/2000/svg", "http://127.0.0.1:8484/tillkeeper.js");

  private static final Pattern ADDRESS = Pattern.compile("(?:https?:|wss?:|['\"(])//[^'\"\\s)]*");

  static Stream<String> files() throws IOException {
    try (var found = Files.walk(RESOURCES)) {
      return found
          .filter(Files::isRegularFile)
          .filter(file -> !file.endsWith("asyncapi.yaml")) // for programs
          .map(file -> "/" + RESOURCES.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList()
          .stream();
    }
  }

  private static String page() {
    return given().get("/").then().statusCode(200).extract().asString();
  }

  @Test
  void thePageLetsInOnlyWhatTheDaemonServes() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html;charset=UTF-8")
        .header("Cache-Control", containsString("no-store"))
        .header(
            "Content-Security-Policy",
            equalTo(
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'"))
        .header("X-Content-Type-Options", equalTo("nosniff"))
        .header("Cross-Origin-Resource-Policy", equalTo("same-origin"))
        .header("Cross-Origin-Opener-Policy", equalTo("same-origin"))
        .header("Referrer-Policy", equalTo("no-referrer"))
        .body(not(containsString("<style")))
        .body(not(containsString(" style=")));
  }

  @Test
  void thePageSaysHowThingsAreWithoutJavaScriptToo() {
    assertThat(page())
        .containsPattern("<noscript>[^%]*the link to Odoo was (up|down|blocked)\\.[^%]*</noscript>")
        .doesNotContain("%");
  }

  @Test
  void whatThePageRefersToIsThere() {
    var references = Pattern.compile("(?:href|src)=\"([^\"]+)\"").matcher(page()).results();

    assertThat(references.map(reference -> reference.group(1)))
        .contains("/console/main.js", "/console/console.css", "/console/icon.svg")
        .allSatisfy(address -> given().get(address).then().statusCode(200));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileOfTheConsoleIsServedAsWhatItIsAndNeverCached(String file) {
    given()
        .get(file)
        .then()
        .statusCode(200)
        .contentType(startsWith(TYPES.get(file.substring(file.lastIndexOf('.') + 1))))
        .header("Cache-Control", containsString("no-store"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileOfTheConsoleNeedsNobodyElse(String file) throws IOException {
    var text = Files.readString(RESOURCES.resolve(file.substring(1)));

    assertThat(ADDRESS.matcher(text).results().map(match -> match.group()))
        .allMatch(NO_ADDRESSES::contains);
    assertThat(text).doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "eval(");
  }

  @Test
  void aPageOfAConfiguredOriginMayImportTheModule() {
    given()
        .header("Origin", "https://shop.example")
        .get("/tillkeeper.js")
        .then()
        .statusCode(200)
        .contentType(startsWith("text/javascript"))
        .header("Access-Control-Allow-Origin", "https://shop.example");
  }

  @Test
  void aPageOfAnotherOriginMayNot() {
    given().header("Origin", "https://evil.example").get("/tillkeeper.js").then().statusCode(403);
  }
}
