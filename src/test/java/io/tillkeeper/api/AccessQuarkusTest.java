package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.STATUS;
import static io.tillkeeper.api.Till.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.access.BoxToken;
import io.tillkeeper.feed.FeedClient;
import io.tillkeeper.storage.StorageConfig;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A daemon as it is in a shop: who has no token gets nothing. */
@QuarkusTest
@TestProfile(AccessQuarkusTest.Paired.class)
@WithTestResource(TestBox.class)
class AccessQuarkusTest {

  private static final String SHOP = "https://shop.odoo.example";
  private static final String EVIL = "https://evil.example";
  private static final String PAIRINGS = "/api/v1/pairings";
  private static final String TOKENS = "/api/v1/tokens";

  /** Protected, which the other tests are not. */
  public static class Paired implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("tillkeeper.access.protection", "paired");
    }
  }

  @Inject StorageConfig storage;
  @Inject TestClock clock;

  @TestHTTPResource("/")
  URI daemon;

  @BeforeEach
  void forgetFailedAttempts() {
    clock.advance(Duration.ofMinutes(5));
  }

  private String boxToken() throws IOException {
    return Files.readString(storage.directory().resolve(BoxToken.FILE)).strip();
  }

  private RequestSpecification box() throws IOException {
    return bearer(boxToken());
  }

  private static RequestSpecification bearer(String token) {
    return given().header("Authorization", "Bearer " + token);
  }

  private static RequestSpecification page(String token) {
    return bearer(token).header("Origin", SHOP);
  }

  private String code(String scope, String holder) throws IOException {
    return box()
        .contentType("application/json")
        .body(Map.of("by", "Zoë", "scope", scope, "holder", holder, "name", "Till 1"))
        .post(PAIRINGS)
        .then()
        .statusCode(201)
        .extract()
        .path("code");
  }

  private static Response exchange(String code, String origin) {
    return given().header("Authorization", "Pairing " + code).header("Origin", origin).post(TOKENS);
  }

  /** A token for the pages of the shop. */
  private String paired(String scope) throws IOException {
    return exchange(code(scope, SHOP), SHOP).then().statusCode(201).extract().path("token");
  }

  private static void assertRefused(Response answer, ProblemCode code) {
    answer
        .then()
        .statusCode(code.status())
        .contentType(Problem.MEDIA_TYPE)
        .body("type", equalTo(code.type()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/status",
        "/api/v1/operations",
        "/api/v1/customers?query=ana",
        "/api/v1/feed",
        "/api/v1/tokens",
        "/api/v1/audit",
        "/q/metrics",
        "/q/health",
        "/q/openapi",
        "/anything"
      })
  void withoutATokenNothingIsRead(String path) {
    var answer = given().get(path);

    assertRefused(answer, ProblemCode.TOKEN_REQUIRED);
    answer.then().header("WWW-Authenticate", "Bearer");
  }

  @Test
  void withoutATokenNothingIsChanged() throws IOException {
    assertRefused(Till.create(Map.of("name", "Ana")), ProblemCode.TOKEN_REQUIRED);
    assertRefused(Till.mode("offline"), ProblemCode.TOKEN_REQUIRED);
    assertRefused(json(Map.of("by", "x")).post(PAIRINGS), ProblemCode.TOKEN_REQUIRED);

    box().get(STATUS).then().statusCode(200).body("mode", equalTo("auto"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/tillkeeper.js", "/console/main.js", "/q/health/live"})
  void thePageAndTheLivenessAreThereForEveryone(String path) {
    given().get(path).then().statusCode(200);
  }

  @Test
  void theCommandLinesTokenIsForTheGroupOfTheServiceAlone() throws IOException {
    var file = storage.directory().resolve(BoxToken.FILE);

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    box().get(TOKENS).then().statusCode(200);
  }

  @Test
  void aPageThatWasPairedMayDoWhatItsScopeSays() throws IOException {
    var token = paired("till");

    page(token)
        .contentType("application/json")
        .body(Map.of("values", Map.of("name", "Ana")))
        .post(Till.CUSTOMERS)
        .then()
        .statusCode(202)
        .header("Access-Control-Allow-Origin", SHOP);
    page(token).get(STATUS).then().statusCode(200);
    for (var call :
        new String[] {
          "/api/v1/sync", "/api/v1/operations/1/retry", "/api/v1/backups", "/api/v1/erasures"
        }) {
      assertRefused(
          page(token).contentType("application/json").body("{}").post(call),
          ProblemCode.OUT_OF_SCOPE);
    }
    assertRefused(page(token).get("/q/metrics"), ProblemCode.OUT_OF_SCOPE);
    assertRefused(page(token).get(TOKENS), ProblemCode.OUT_OF_SCOPE);
  }

  @Test
  void anOperatorDecidesAndLetsNobodyIn() throws IOException {
    var token = paired("operator");

    page(token)
        .contentType("application/json")
        .body(Map.of("mode", "auto", "by", "Zoë"))
        .put("/api/v1/mode")
        .then()
        .statusCode(200);
    assertRefused(
        page(token).contentType("application/json").body("{}").post(PAIRINGS),
        ProblemCode.OUT_OF_SCOPE);
  }

  @Test
  void whoWatchesTheBoxSeesNoCustomer() throws IOException {
    var token =
        given()
            .header("Authorization", "Pairing " + code("metrics", "program"))
            .post(TOKENS)
            .then()
            .statusCode(201)
            .extract()
            .<String>path("token");

    bearer(token).get("/q/metrics").then().statusCode(200);
    assertRefused(bearer(token).get(Till.OPERATIONS), ProblemCode.OUT_OF_SCOPE);
  }

  @Test
  void aCodeIsGoodOnce() throws IOException {
    var code = code("till", SHOP);

    exchange(code, SHOP).then().statusCode(201);
    assertRefused(exchange(code, SHOP), ProblemCode.PAIRING_REFUSED);
  }

  @Test
  void aCodeIsGoodForTwoMinutes() throws IOException {
    var code = code("till", SHOP);
    paired("till"); // or the origin would not even be known
    clock.advance(Duration.ofMinutes(2));

    assertRefused(exchange(code, SHOP), ProblemCode.PAIRING_REFUSED);
  }

  @Test
  void aCodeMayBeTypedAsAPersonTypes() throws IOException {
    var code = code("till", SHOP).toLowerCase(Locale.ROOT).replace("-", " ");

    exchange(code, SHOP).then().statusCode(201);
  }

  @Test
  void aCodeIsGoodForItsPageAlone() throws IOException {
    var code = code("till", SHOP);

    assertRefused(exchange(code, EVIL), ProblemCode.ORIGIN_REFUSED);
    assertRefused(
        given().header("Authorization", "Pairing " + code).post(TOKENS),
        ProblemCode.PAIRING_REFUSED);
    exchange(code, SHOP).then().statusCode(201);
  }

  @Test
  void aTokenThatWasStolenIsGoodForNoOtherPageAndNoProgram() throws IOException {
    var token = paired("till");
    paired("till");
    exchange(code("till", "https://other.example"), "https://other.example").then().statusCode(201);

    assertRefused(bearer(token).header("Origin", EVIL).get(STATUS), ProblemCode.ORIGIN_REFUSED);
    assertRefused(
        bearer(token).header("Origin", "https://other.example").get(STATUS),
        ProblemCode.TOKEN_REFUSED);
    assertRefused(bearer(token).get(STATUS), ProblemCode.TOKEN_REFUSED);
  }

  @Test
  void theConsolesTokenIsForThePageThatTheDaemonServes() throws IOException {
    var own = "http://localhost:" + daemon.getPort();
    var console = given().baseUri(own).header("Origin", own);
    String token =
        console
            .header("Authorization", "Pairing " + code("operator", "console"))
            .post(TOKENS)
            .then()
            .statusCode(201)
            .extract()
            .path("token");

    // a page does not name its origin when it reads from it
    bearer(token)
        .baseUri(own)
        .header("Sec-Fetch-Site", "same-origin")
        .get(STATUS)
        .then()
        .statusCode(200);
    assertRefused(
        bearer(token).header("Sec-Fetch-Site", "cross-site").get(STATUS),
        ProblemCode.TOKEN_REFUSED);
    assertRefused(bearer(token).get(STATUS), ProblemCode.TOKEN_REFUSED);
  }

  @Test
  void aTokenThatWasRevokedIsGoodForNothing() throws IOException {
    var token = paired("till");
    var id = box().get(TOKENS).then().extract().jsonPath().<String>getList("tokens.id").getLast();
    box()
        .contentType("application/json")
        .body(Map.of("by", "Zoë"))
        .post(TOKENS + "/" + id + "/revoke")
        .then()
        .statusCode(200)
        .body("holder", equalTo(SHOP));
    paired("till"); // the origin is still one that was paired

    assertRefused(page(token).get(STATUS), ProblemCode.TOKEN_REFUSED);
    assertThat(
            box()
                .queryParam("limit", 500)
                .get("/api/v1/audit")
                .jsonPath()
                .<String>getList("entries.action"))
        .containsSubsequence("pair", "unpair", "pair");
  }

  @Test
  void itIsListedWhoMayCallAndWhenEachLastDidAndNeverTheToken() throws IOException {
    var token = paired("till");
    page(token).get(STATUS).then().statusCode(200);

    var listed = box().get(TOKENS).then().extract();

    assertThat(listed.jsonPath().<String>getList("tokens.name")).contains("Till 1");
    assertThat(listed.jsonPath().<String>getList("tokens.lastUsedAt").getLast()).isNotNull();
    assertThat(listed.asString()).doesNotContain(token).doesNotContain("hash");
    assertThat(Files.readString(storage.directory().resolve("access.json"))).doesNotContain(token);
  }

  @Test
  void whoGuessesIsSlowedDownAndTheOthersAreNot() throws IOException {
    var good = paired("till");
    for (var guess = 0; guess < 20; guess++) {
      assertRefused(page("tk-" + guess).get(STATUS), ProblemCode.TOKEN_REFUSED);
    }

    var answer = page("tk-one-more").get(STATUS);

    assertRefused(answer, ProblemCode.TOO_MANY_ATTEMPTS);
    answer.then().header("Retry-After", "60");
    page(good).get(STATUS).then().statusCode(200);
    clock.advance(Duration.ofMinutes(1));
    assertRefused(page("tk-one-more").get(STATUS), ProblemCode.TOKEN_REFUSED);
  }

  @Test
  void aProgramThatGoesOnWithADeadTokenKeepsNobodyFromBeingPaired() throws IOException {
    var code = code("till", SHOP);
    for (var guess = 0; guess < 50; guess++) {
      bearer("tk-revoked").get(STATUS);
    }
    assertRefused(bearer("tk-revoked").get(STATUS), ProblemCode.TOO_MANY_ATTEMPTS);

    exchange(code, SHOP).then().statusCode(201);
  }

  @Test
  void whoGuessesCodesIsSlowedDownAndHisTokenIsNot() throws IOException {
    var good = paired("till");
    for (var guess = 0; guess < 20; guess++) {
      assertRefused(exchange("AAAA-AAAA", SHOP), ProblemCode.PAIRING_REFUSED);
    }

    var code = code("till", SHOP);
    assertRefused(exchange(code, SHOP), ProblemCode.TOO_MANY_ATTEMPTS);
    page(good).get(STATUS).then().statusCode(200);
    assertRefused(page("tk-one").get(STATUS), ProblemCode.TOKEN_REFUSED);
    clock.advance(Duration.ofMinutes(1));
    exchange(code, SHOP).then().statusCode(201);
  }

  @Test
  void aCodeThatIsGuessedAtIsWithdrawnAndThatIsSaid() throws IOException {
    var code = code("till", SHOP);
    for (var guess = 0; guess < 10; guess++) {
      assertRefused(exchange("AAAA-AAA" + guess, SHOP), ProblemCode.PAIRING_REFUSED);
    }

    assertRefused(exchange(code, SHOP), ProblemCode.PAIRING_WITHDRAWN);
    assertRefused(exchange(code, SHOP), ProblemCode.PAIRING_WITHDRAWN);
    exchange(code("till", SHOP), SHOP).then().statusCode(201);
  }

  @Test
  void whatIsNoGuessAtACodeDoesNotWithdrawIt() throws IOException {
    var code = code("till", SHOP);
    for (var guess = 0; guess < 30; guess++) {
      assertRefused(exchange("AAAA", SHOP), ProblemCode.PAIRING_REFUSED); // too short for any
      if (guess < 10) {
        // no program can use it
        assertRefused(
            given().header("Authorization", "Pairing AAAA-AAAA").post(TOKENS),
            ProblemCode.PAIRING_REFUSED);
      }
    }

    exchange(code, SHOP).then().statusCode(201);
  }

  /** Whichever of its own addresses a program calls from. */
  @Test
  void thisMachineIsOneWhoGuesses() throws IOException {
    var codes = new ArrayList<Integer>();
    for (var guess = 0; guess < 21; guess++) {
      codes.add(guessFrom("127.0.0." + (guess + 1)));
    }

    assertThat(codes.subList(0, 20)).containsOnly(401);
    assertThat(codes.getLast()).isEqualTo(429);
  }

  private int guessFrom(String address) throws IOException {
    return RawHttp.sendFrom(
            InetAddress.getByName(address),
            daemon.getPort(),
            "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer tk-guess\r\n\r\n"
                .formatted(STATUS))
        .status();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        EVIL,
        "null",
        "http://shop.odoo.example",
        "https://shop.odoo.example:8443",
        "https://shop.odoo.example.evil.example",
        "https://shop.example"
      })
  void pagesThatWereNotPairedAreRefusedBeforeTheirTokenIsLookedAt(String origin)
      throws IOException {
    var token = paired("till");

    var answer = bearer(token).header("Origin", origin).get(STATUS);

    assertRefused(answer, ProblemCode.ORIGIN_REFUSED);
    answer.then().header("Access-Control-Allow-Origin", nullValue());
    given()
        .header("Origin", origin)
        .header("Access-Control-Request-Method", "POST")
        .options(Till.CUSTOMERS)
        .then()
        .statusCode(403)
        .header("Access-Control-Allow-Origin", nullValue());
  }

  @Test
  void aBrowserThatAsksFirstIsToldWhatAPairedPageMaySendAndNoMore() throws IOException {
    paired("till");

    given()
        .header("Origin", SHOP)
        .header("Access-Control-Request-Method", "DELETE")
        .header("Access-Control-Request-Headers", "x-anything")
        .header("Access-Control-Request-Private-Network", "true")
        .options(Till.CUSTOMERS)
        .then()
        .statusCode(204)
        .header("Vary", "Origin")
        .header("Access-Control-Allow-Origin", SHOP)
        .header("Access-Control-Allow-Private-Network", "true")
        .header("Access-Control-Allow-Credentials", nullValue())
        .header("Access-Control-Allow-Methods", "GET, POST, PATCH, PUT")
        .header("Access-Control-Allow-Headers", "content-type, idempotency-key, authorization");
  }

  /** What a form of any page can send without its browser asking. */
  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
  void whatAFormSendsChangesNothing(String type) throws IOException {
    paired("till");

    var body = "{\"values\": {\"name\": \"Mallory\"}}".getBytes(UTF_8);

    var answer =
        RawHttp.send(
            daemon.getPort(),
            "POST %s HTTP/1.1\r\nHost: localhost\r\nOrigin: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(Till.CUSTOMERS, EVIL, type, body.length),
            body);

    assertThat(answer.status()).isEqualTo(403);
    box().get(Till.CUSTOMERS + "?query=Mallory").then().body("customers.size()", equalTo(0));
  }

  @Test
  void aTokenInAnAddressIsNone() throws IOException {
    assertRefused(
        given().queryParam("access_token", boxToken()).get(STATUS), ProblemCode.TOKEN_REQUIRED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/mode;x=1",
        "/api/v1/mode%3Bx=1",
        "/api/v1/customers/..%2Fmode",
        "/api/v1/customers%5C..%5Cmode",
        "/api/v1/./mode",
        "/api/v1/customers/../mode",
        "/api/v1/%6Dode",
        "//api/v1/mode",
        "/api/v1/mode/"
      })
  void aPathThatIsWrittenInAnotherWayNeedsTheSameScope(String path) throws IOException {
    var token = paired("till");

    var answer =
        RawHttp.send(
            daemon.getPort(),
            "PUT "
                + path
                + " HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                + SHOP
                + "\r\nAuthorization: Bearer "
                + token
                + "\r\nContent-Type: application/json\r\nContent-Length: 18\r\n\r\n",
            "{\"mode\":\"offline\"}".getBytes(UTF_8));

    assertThat(answer.status()).isEqualTo(403);
    box().get(STATUS).then().body("mode", equalTo("auto"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/exports",
        "GET /api/v1/exports/",
        "GET /api/v1/exports;x=1",
        "GET /api/v1/exports%3Bx=1",
        "GET /api/v1/%65xports",
        "GET //api/v1/exports",
        "GET /api/v1//exports",
        "GET /api/v1;x=1/exports",
        "GET /api/v1/audit/..%2Fexports",
        "GET /api/v1/audit/../exports",
        "POST /api/v1/exports",
        "POST /api/v1/pairings;x=1",
        "GET /api/v1/tokens;x=1",
      })
  void anOperatorDoesNotGetAtWhatIsTheBoxs(String call) throws IOException {
    var token = paired("operator");

    var answer =
        RawHttp.get(
            daemon.getPort(),
            call + " HTTP/1.1",
            "Host: localhost",
            "Origin: " + SHOP,
            "Authorization: Bearer " + token,
            "Content-Type: application/json",
            "Content-Length: 0");

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().getString("type")).isEqualTo(ProblemCode.OUT_OF_SCOPE.type());
  }

  @Test
  void theCommandLineReadsWhatIsNotDelivered() throws IOException {
    box().get("/api/v1/exports").then().statusCode(200);
  }

  @Test
  void theFeedIsOpenedByATokenBesideTheNameOfTheProtocol() throws IOException {
    var token = paired("till");

    try (var feed = FeedClient.openAs(daemon, SHOP, token)) {
      assertThat(feed.first().path("type").asText()).isEqualTo("status");
      assertThat(feed.subProtocol()).isEqualTo("tillkeeper.v1");
    }
  }

  @Test
  void theFeedIsNotOpenedByAnotherPageOrWithoutAToken() throws IOException {
    var token = paired("till");

    assertThatThrownBy(() -> FeedClient.openAs(daemon, EVIL, token))
        .isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> FeedClient.openAs(daemon, SHOP, "tk-guessed"))
        .isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> FeedClient.open(daemon, "")).isInstanceOf(CompletionException.class);
    assertThatThrownBy(() -> FeedClient.open(daemon, "?token=" + boxToken()))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void whoListensByATokenThatIsRevokedIsCutOff() throws IOException {
    var token = paired("till");
    var id = box().get(TOKENS).jsonPath().<String>getList("tokens.id").getLast();

    try (var feed = FeedClient.openAs(daemon, SHOP, token)) {
      feed.first();
      box()
          .contentType("application/json")
          .body(Map.of("by", "Zoë"))
          .post(TOKENS + "/" + id + "/revoke")
          .then()
          .statusCode(200);

      assertThat(feed.awaitClose()).isEqualTo(4001);
    }
    paired("till");
    assertThatThrownBy(() -> FeedClient.openAs(daemon, SHOP, token))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void withoutJavaScriptThePageSaysNothingOfTheQueue() {
    assertThat(given().get("/").asString()).contains("<noscript>").doesNotContain("Waiting for");
  }
}
