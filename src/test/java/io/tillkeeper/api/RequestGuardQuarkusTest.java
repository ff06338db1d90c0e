package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.STATUS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsStringIgnoringCase;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call: this machine, by its own name, and pages of its own or a configured origin. */
@QuarkusTest
@WithTestResource(TestBox.class)
class RequestGuardQuarkusTest {

  private static final String SHOP = "https://shop.example";

  @TestHTTPResource("/")
  URI daemon;

  private RawHttp.Answer get(String path, String... headers) throws IOException {
    var head = new String[headers.length + 1];
    head[0] = "GET " + path + " HTTP/1.1";
    System.arraycopy(headers, 0, head, 1, headers.length);
    return RawHttp.get(daemon.getPort(), head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:PORT",
        "localhost",
        "localhost:PORT",
        "LocalHost:PORT",
        "localhost:1",
        "[::1]",
        "[::1]:PORT"
      })
  void aRequestToThisMachineIsAnswered(String host) throws IOException {
    var answer = get(STATUS, "Host: " + host.replace("PORT", "" + daemon.getPort()));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Cache-Control")).contains("no-store");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:PORT",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.localhost",
        "localhost.",
        "127.0.0.2",
        "127.1",
        "0.0.0.0:PORT",
        "[::]",
        "[::ffff:127.0.0.1]",
        "2130706433",
        ":PORT",
        ""
      })
  void aRequestToAnotherNameIsRefused(String host) throws IOException {
    var answer = get(STATUS, "Host: " + host.replace("PORT", "" + daemon.getPort()));

    assertRefused(answer, "host-refused");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost@evil.example",
        "evil.example@localhost",
        "localhost evil.example",
        "localhost/evil.example",
        "localhost:99999999"
      })
  void aRequestToWhatIsNoNameAtAllIsRefused(String host) throws IOException {
    assertRefused(get(STATUS, "Host: " + host), "host-refused");
  }

  /** It would lead past what bounds a connection. */
  @Test
  void nobodyIsTalkedToInHttp2() throws IOException {
    var answer =
        get(
            STATUS,
            "Host: localhost",
            "Connection: Upgrade, HTTP2-Settings",
            "Upgrade: h2c",
            "HTTP2-Settings: AAMAAABk");

    assertThat(answer.status()).isEqualTo(200);
  }

  private static void assertRefused(RawHttp.Answer answer, String code) {
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).contains(Problem.MEDIA_TYPE);
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.json().getString("type")).isEqualTo("urn:tillkeeper:problem:" + code);
    assertThat(answer.json().getInt("status")).isEqualTo(403);
    assertThat(answer.json().getString("detail")).isNotBlank();
  }

  @Test
  void aRequestToNobodyIsRefused() throws IOException {
    assertRefused(RawHttp.get(daemon.getPort(), "GET " + STATUS + " HTTP/1.0"), "host-refused");
  }

  @Test
  void theSecondOfTwoNamesDoesNotHelp() throws IOException {
    var answer = get(STATUS, "Host: evil.example", "Host: localhost");

    assertThat(answer.status()).isBetween(400, 403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "/q/openapi", "/q/health/live", "/nothing", "/api/v1/customers?query=a"})
  void everythingThatIsServedIsGuardedAndNeverCached(String path) throws IOException {
    assertRefused(get(path, "Host: evil.example"), "host-refused");
    assertRefused(get(path, "Host: localhost", "Origin: https://evil.example"), "origin-refused");
    assertThat(get(path, "Host: localhost").header("Cache-Control")).contains("no-store");
  }

  @Test
  void aRequestOfNoPageIsAnswered() {
    given().get(STATUS).then().statusCode(200).header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void aPageOfTheDaemonItselfMayCall() throws IOException {
    var own = "localhost:" + daemon.getPort();

    assertThat(get(STATUS, "Host: " + own, "Origin: http://" + own).status()).isEqualTo(200);
  }

  @Test
  void aPageOfAConfiguredOriginMayCallAndReadTheAnswer() {
    given()
        .header("Origin", SHOP)
        .get(STATUS)
        .then()
        .statusCode(200)
        .header("Access-Control-Allow-Origin", SHOP);
    Till.json(Map.of("values", Map.of("name", "Ana")))
        .header("Origin", SHOP)
        .post(Till.CUSTOMERS)
        .then()
        .statusCode(202)
        .header("Access-Control-Allow-Origin", SHOP)
        .header("Access-Control-Expose-Headers", containsStringIgnoringCase("location"));
  }

  @Test
  void aProblemIsReadByAPageOfAConfiguredOriginToo() {
    given()
        .header("Origin", SHOP)
        .get(Till.OPERATIONS + "/x")
        .then()
        .statusCode(400)
        .header("Access-Control-Allow-Origin", SHOP);
    Till.json("{\"values\": {\"comment\": \"" + "x".repeat(1 << 20) + "\"}}")
        .header("Origin", SHOP)
        .post(Till.CUSTOMERS)
        .then()
        .statusCode(413)
        .header("Access-Control-Allow-Origin", SHOP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "PUT", "GET"})
  void aBrowserMayAskFirstForAConfiguredOrigin(String method) {
    given()
        .header("Origin", SHOP)
        .header("Access-Control-Request-Method", method)
        .header("Access-Control-Request-Headers", "content-type,idempotency-key")
        .options(Till.CUSTOMERS)
        .then()
        .statusCode(204)
        .header("Access-Control-Allow-Origin", SHOP)
        .header("Access-Control-Allow-Methods", containsStringIgnoringCase(method))
        .header("Access-Control-Allow-Headers", containsStringIgnoringCase("content-type"))
        .header("Access-Control-Allow-Headers", containsStringIgnoringCase("idempotency-key"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://shop.example",
        "https://shop.example:8443",
        "https://shop.example.evil.example",
        "https://evilshop.example",
        "https://shop.example/",
        "HTTPS://SHOP.EXAMPLE",
        "https://localhost:PORT",
        "http://localhost",
        "http://localhost:1",
        "http://127.0.0.1:PORT",
        "file://",
        ""
      })
  void aPageOfAnotherOriginIsRefusedWhateverItAsks(String of) throws IOException {
    var host = "Host: localhost:" + daemon.getPort();
    var origin = "Origin: " + of.replace("PORT", "" + daemon.getPort());

    assertRefused(get(STATUS, host, origin), "origin-refused");
    for (var request :
        new String[] {"OPTIONS " + Till.CUSTOMERS, "POST /api/v1/sync", "PUT /api/v1/mode"}) {
      var answer =
          RawHttp.get(
              daemon.getPort(),
              request + " HTTP/1.1",
              host,
              origin,
              "Access-Control-Request-Method: POST",
              "Content-Length: 0");
      assertRefused(answer, "origin-refused");
      assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void whatWasRefusedChangedNothing() {
    Till.json(Map.of("mode", "offline"))
        .header("Origin", "https://evil.example")
        .put("/api/v1/mode")
        .then()
        .statusCode(403);

    given().get(STATUS).then().body("mode", equalTo("auto"));
  }
}
