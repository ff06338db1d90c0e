package io.tillkeeper.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * What a page can have a browser send that does not ask first: a form, a beacon, {@code no-cors}.
 * None of it changes anything, whichever call it is for and from whichever page.
 */
@QuarkusTest
@TestProfile(AccessQuarkusTest.Paired.class)
@WithTestResource(TestBox.class)
class CrossSiteQuarkusTest {

  private static final String SHOP = "https://shop.odoo.example";
  private static final String EVIL = "https://evil.example";

  /** What is sent without asking. */
  private static final List<String> OF_FORMS =
      List.of(
          "text/plain",
          "text/plain; charset=UTF-8",
          "application/x-www-form-urlencoded",
          "multipart/form-data; boundary=x");

  /** And what only looks like JSON. */
  private static final List<String> NO_JSON =
      Stream.concat(
              OF_FORMS.stream(),
              Stream.of(
                  "text/json",
                  "text/html",
                  "application/xml",
                  "application/octet-stream",
                  "application/jsonx",
                  "application/x-json",
                  "text/plain; application/json",
                  "application; json"))
          .toList();

  /** A header in its place, of a request that does not say what it is. */
  private static final String NO_TYPE = "X-No-Type: beacon";

  private static final String CUSTOMER = "{\"values\": {\"name\": \"Mallory\"}}";

  @Inject PairedBox box;
  @Inject TestClock clock;

  @TestHTTPResource("/")
  URI daemon;

  private String token;
  private Map<String, JsonNode> before;

  @BeforeEach
  void pair() throws IOException {
    clock.advance(Duration.ofMinutes(5)); // who guessed in another test is forgotten
    token = box.pair(SHOP, "operator");
    before = box.state();
  }

  @AfterEach
  void nothingWasChanged() throws IOException {
    assertThat(box.state()).isEqualTo(before);
  }

  private void assertRefused(ProblemCode code, String request, String body, String... headers)
      throws IOException {
    var bytes = body.getBytes(UTF_8);
    var head =
        "%s HTTP/1.1\r\nHost: localhost\r\n%s\r\nContent-Length: %d\r\n\r\n"
            .formatted(request, String.join("\r\n", headers), bytes.length);
    var answer = RawHttp.send(daemon.getPort(), head, bytes);
    assertThat(answer.status()).as(head + answer).isEqualTo(code.status());
    assertThat(answer.json().getString("type")).as(head).isEqualTo(code.type());
  }

  @ParameterizedTest
  @FieldSource("OF_FORMS")
  void aFormOfThePairedPageItselfIsNotTaken(String type) throws IOException {
    var post = "POST " + Till.CUSTOMERS;
    var from = "Origin: " + SHOP;
    var as = "Content-Type: " + type;
    var shown = "Authorization: Bearer " + token;

    assertRefused(ProblemCode.TOKEN_REQUIRED, post, CUSTOMER, from, as);
    assertRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, post, CUSTOMER, from, as, shown);
    // nor is the token looked for in what a form can send
    assertRefused(
        ProblemCode.TOKEN_REQUIRED,
        post + "?access_token=" + token,
        "Authorization=Bearer " + token,
        from,
        as,
        "Cookie: token=" + token);
  }

  private static Stream<DescribedCall> withBody() {
    return DescribedCall.changes().stream().filter(DescribedCall::hasBody);
  }

  @Test
  void aBodyIsTakenAsJsonOnly() throws IOException {
    var shown = "Authorization: Bearer " + box.token();
    for (var call : withBody().toList()) {
      for (var type : NO_JSON) {
        assertNotTaken(call, "Content-Type: " + type, shown);
      }
      assertNotTaken(call, NO_TYPE, shown);
    }
  }

  private void assertNotTaken(DescribedCall call, String type, String shown) throws IOException {
    assertRefused(ProblemCode.UNSUPPORTED_MEDIA_TYPE, request(call), CUSTOMER, type, shown);
  }

  @Test
  void whatIsSentWithoutAskingIsRefusedWhateverItIsFor() throws IOException {
    for (var call : DescribedCall.changes()) {
      assertRefusedWithoutToken(request(call));
    }
  }

  private void assertRefusedWithoutToken(String request) throws IOException {
    var code =
        request.equals("POST " + AccessRules.EXCHANGE)
            ? ProblemCode.PAIRING_REFUSED
            : ProblemCode.TOKEN_REQUIRED;
    for (var type : List.of("Content-Type: text/plain", NO_TYPE)) {
      assertRefused(ProblemCode.ORIGIN_REFUSED, request, "{}", "Origin: " + EVIL, type);
      assertRefused(ProblemCode.ORIGIN_REFUSED, request, "{}", "Origin: null", type);
      assertRefused(code, request, "{}", "Origin: " + SHOP, type);
      assertRefused(code, request, "{}", "Sec-Fetch-Site: cross-site", type);
      assertRefused(code, request, "{}", type);
    }
  }

  /** Or the tests above would prove less than they seem to. */
  @Test
  void theDescriptionHasAllThatChangesSomething() {
    assertThat(DescribedCall.changes())
        .extracting(DescribedCall::toString)
        .contains(
            "POST /api/v1/customers",
            "PATCH /api/v1/customers/{ref}",
            "PUT /api/v1/mode",
            "POST /api/v1/sync",
            "POST /api/v1/backups",
            "POST /api/v1/tokens");
    assertThat(withBody()).hasSizeGreaterThan(10);
  }

  private static String request(DescribedCall call) {
    return call.toString().replaceAll("\\{\\w+}", "1");
  }
}
