package io.tillkeeper.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What commands ask the daemon for, what they print, and what they end with. */
class CommandsTest {

  private static final String STATUS =
      """
      {"mode": "auto",
       "link": {"state": "down", "cause": "dns", "since": "2026-03-01T08:56:00Z", "message": "The name is not found.",
                "hint": "Look at the host.", "nextTryAt": "2026-03-01T09:00:12Z"},
       "queue": {"pending": 2, "sending": 0, "held": 0, "oldestPendingAt": "2026-03-01T08:30:00Z",
                 "secondsToDeliver": 3, "deliveredTotal": 4711, "discardedTotal": 1},
       "storage": {"durable": true, "freeBytes": 1234567890},
       "odoo": {"version": "19.0", "protocol": "json-2", "database": "shop"}, "version": "1.0.0"}
      """;

  private final StubDaemon daemon = new StubDaemon();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    daemon.close();
  }

  private int run(String... arguments) {
    var given = new ArrayList<>(List.of(arguments));
    given.addAll(List.of("--url", daemon.url().toString()));
    return runAsIs(given.toArray(String[]::new));
  }

  private int runAsIs(String... arguments) {
    output.reset();
    errors.reset();
    var environment =
        Map.of("TILLKEEPER_CONFIG", "", "SUDO_USER", "eva", "TILLKEEPER_TOKEN", "tk-of-this-box");
    var to = new Output(stream(output), stream(errors), false, false);
    return new Commands(to, environment, InstantSource.fixed(Instant.parse("2026-03-01T09:00:00Z")))
        .execute(arguments)
        .orElseThrow();
  }

  private static PrintStream stream(ByteArrayOutputStream into) {
    return new PrintStream(into, true, StandardCharsets.UTF_8);
  }

  private String output() {
    return output.toString(StandardCharsets.UTF_8);
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aStatusIsReadInASecond() {
    daemon.json("GET /api/v1/status", STATUS);

    assertThat(run("status")).isZero();

    assertThat(output().lines())
        .contains(
            "2 operations are safe on this box, and sent when the line is back.",
            "Mode     auto",
            "         The name is not found.",
            "         Look at the host.",
            "         Next try in 12 s.",
            "Queue    2 pending (the oldest for 30 min), 0 sending, 0 held; 4711 delivered, 1 discarded since the first day",
            "         About 3 s to deliver, once it is being sent.",
            "Odoo     19.0 by json-2, database shop",
            "Disk     1.2 GB free, what is accepted is on it")
        .anyMatch(line -> line.matches("Link     down since .*\\(4 min\\) \\[dns]"));
    assertThat(output()).doesNotContain("\033");
  }

  @Test
  void aKeyThatEndsSoonIsToldInTheStatus() {
    var database = "\"database\": \"shop\"";
    daemon.json(
        "GET /api/v1/status",
        STATUS.replace(database, database + ", \"keyExpiresAt\": \"2026-03-15T09:00:01Z\""));
    assertThat(run("status")).isZero();
    assertThat(output()).doesNotContain("Key ");

    daemon.json(
        "GET /api/v1/status",
        STATUS.replace(database, database + ", \"keyExpiresAt\": \"2026-03-11T09:00:00Z\""));
    assertThat(run("status")).isZero();
    assertThat(output().lines())
        .anyMatch(
            line ->
                line.matches(
                    "Key      ends on 2026-03-11 .*, in 10 days: 'sudo tillkeeper key rotate' renews it"));
  }

  @Test
  void aStatusThatNeedsSomebodyEndsOtherwise() {
    daemon.json("GET /api/v1/status", STATUS.replace("\"held\": 0", "\"held\": 1"));
    assertThat(run("status")).isEqualTo(1);
    assertThat(output()).startsWith("1 operation waits for a decision:");

    daemon.json("GET /api/v1/status", STATUS.replace("\"down\"", "\"blocked\""));
    assertThat(run("status", "--json")).isEqualTo(1);
    assertThat(output().strip()).isEqualTo(STATUS.replace("\"down\"", "\"blocked\"").strip());
  }

  @Test
  void aStatusWhileNothingIsAcceptedSaysSoFirst() {
    daemon.json(
        "GET /api/v1/status", STATUS.replace("1234567890", "0, \"problem\": \"disk-full\""));

    assertThat(run("status")).isEqualTo(1);
    assertThat(output()).startsWith("Nothing is accepted: the disk is full.");
  }

  @Test
  void aTextOfSomebodyElsesCannotSpeakToTheTerminal() {
    daemon.json(
        "GET /api/v1/operations/7",
        """
        {"id": 7, "kind": "create", "state": "held", "customer": {"ref": "r"},
         "values": {"name": "Ana\\u001b[2J"}, "held": {"reason": "rejected", "message": "m", "words": "a\\nb"}}
        """);

    assertThat(run("operations", "7")).isZero();

    assertThat(output()).contains("Ana [2J", "Odoo says: a b").doesNotContain("\033");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          retry 7                              | POST /api/v1/operations/7/retry   | {"by":"eva"}
          retry 7 --set a=b=c --set d= --set e:=[1] | POST /api/v1/operations/7/retry | {"by":"eva","values":{"a":"b=c","d":null,"e":[1]}}
          retry --reason forbidden --by Ana    | POST /api/v1/operations/retry     | {"by":"Ana","reason":"forbidden"}
          resolve 7 --mine name,vat --theirs email | POST /api/v1/operations/7/resolve | {"by":"eva","fields":{"name":"mine","vat":"mine","email":"theirs"}}
          resolve 7 --link 42                  | POST /api/v1/operations/7/resolve | {"by":"eva","link":42}
          resolve --create 7                   | POST /api/v1/operations/7/resolve | {"by":"eva","create":true}
          discard 7 --reason gone              | POST /api/v1/operations/7/discard | {"by":"eva","reason":"gone"}
          mode online-only                     | PUT /api/v1/mode                  | {"by":"eva","mode":"online-only"}
          erase --email a@example.com          | POST /api/v1/erasures             | {"by":"eva","email":"a@example.com"}
          erase --customer odoo:42 --by Ana    | POST /api/v1/erasures             | {"by":"Ana","customer":"odoo:42"}
          """)
  void aDecisionIsWhatTheApiTakes(String line, String request, String body) {
    daemon.json(request, "{\"state\": \"pending\", \"retried\": 3, \"mode\": \"online-only\"}");

    assertThat(run(line.split(" "))).as(errors()).isZero();

    assertThat(daemon.requests()).containsExactly(request + " " + body);
  }

  @Test
  void eachCallShowsTheTokenOfTheCommandLine() {
    daemon.json("GET /api/v1/tokens", "{\"tokens\": []}");

    assertThat(run("tokens")).isZero();

    assertThat(daemon.credentials()).containsExactly("Bearer tk-of-this-box");
    assertThat(output()).contains("There are none");
  }

  @Test
  void whoMayNotIsToldSo() {
    daemon.problem("GET /api/v1/tokens", 403, "This token is not good for that.");

    assertThat(run("tokens")).isEqualTo(77);

    assertThat(errors()).contains("This token is not good for that.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          pair --origin https://shop.example          | {"by":"eva","scope":"till","holder":"https://shop.example"}
          pair --origin https://a.example --scope operator --name Till | {"by":"eva","scope":"operator","holder":"https://a.example","name":"Till"}
          pair --console --by Ana                     | {"by":"Ana","scope":"operator","holder":"console"}
          """)
  void aCodeIsShownForAPage(String line, String body) {
    daemon.answer(
        "POST /api/v1/pairings",
        201,
        "application/json",
        "{\"code\": \"K7QP-2MXA\", \"holder\": \"https://shop.example\"}");

    assertThat(run(line.split(" "))).as(errors()).isZero();

    assertThat(daemon.requests()).containsExactly("POST /api/v1/pairings " + body);
    assertThat(output()).contains("https://shop.example within two minutes", "    K7QP-2MXA");
  }

  @Test
  void aProgramIsGivenItsTokenAtOnce() {
    daemon
        .answer(
            "POST /api/v1/pairings",
            201,
            "application/json",
            "{\"code\": \"K7QP-2MXA\", \"holder\": \"program\"}")
        .answer("POST /api/v1/tokens", 201, "application/json", "{\"token\": \"tk-new\"}");

    assertThat(run("pair", "--program", "--scope", "metrics")).as(errors()).isZero();

    assertThat(daemon.credentials()).containsExactly("Bearer tk-of-this-box", "Pairing K7QP-2MXA");
    assertThat(output().strip()).isEqualTo("tk-new");
  }

  @ParameterizedTest
  @CsvSource({
    "pair",
    "pair --console --program",
    "pair --origin https://a.example --scope box",
    "pair --console --chromium-policy /nowhere/policy.json",
    "tokens revoke",
    "tokens revoke ../status",
  })
  void aPairingThatIsNotSaidRightlyIsNotTried(String line) {
    assertThat(run(line.split(" "))).isEqualTo(64);
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void aBrowsersPolicyKeepsWhatItHas(@TempDir Path directory) throws IOException {
    var chromium = directory.resolve("managed/tillkeeper.json");
    var firefox = directory.resolve("policies.json");
    Files.writeString(
        firefox,
        """
        {"policies": {"DisableTelemetry": true, "LocalNetworkAccess": {"SkipDomains": ["other.example"]}}}
        """);
    daemon.answer(
        "POST /api/v1/pairings",
        201,
        "application/json",
        "{\"code\": \"K7QP-2MXA\", \"holder\": \"https://shop.example:8443\"}");

    for (var again = 0; again < 2; again++) {
      assertThat(
              run(
                  "pair",
                  "--origin",
                  "https://shop.example:8443",
                  "--chromium-policy",
                  chromium.toString(),
                  "--firefox-policy",
                  firefox.toString()))
          .as(errors())
          .isZero();
    }

    assertThat(LocalApi.JSON.readTree(Files.readString(chromium)))
        .isEqualTo(
            LocalApi.JSON.readTree(
                """
                {"LoopbackNetworkAllowedForUrls": ["https://shop.example:8443"],
                 "LocalNetworkAccessAllowedForUrls": ["https://shop.example:8443"]}
                """));
    assertThat(LocalApi.JSON.readTree(Files.readString(firefox)))
        .isEqualTo(
            LocalApi.JSON.readTree(
                """
                {"policies": {"DisableTelemetry": true,
                 "LocalNetworkAccess": {"SkipDomains": ["other.example", "shop.example"]}}}
                """));
  }

  @Test
  void whatIsNoPolicyIsLeftAsItIs(@TempDir Path directory) throws IOException {
    daemon.answer(
        "POST /api/v1/pairings",
        201,
        "application/json",
        "{\"code\": \"K7QP-2MXA\", \"holder\": \"https://shop.example\"}");
    for (var content : List.of("no JSON", "[1]", "{\"LoopbackNetworkAllowedForUrls\": 1}")) {
      var file = Files.writeString(directory.resolve("policy.json"), content);

      assertThat(
              run("pair", "--origin", "https://shop.example", "--chromium-policy", file.toString()))
          .isEqualTo(64);

      assertThat(file).hasContent(content);
    }
  }

  @Test
  void itIsSaidWhoMayCall() {
    daemon.json(
        "GET /api/v1/tokens",
        """
        {"tokens": [
          {"id": "0a1b2c3d", "scope": "till", "holder": "https://shop.example", "name": "Till 1",
           "createdAt": "2026-03-01T08:00:00Z", "lastUsedAt": "2026-03-01T08:30:00Z"},
          {"id": "4e5f6a7b", "scope": "metrics", "holder": "program", "name": "",
           "createdAt": "2026-03-01T08:00:00Z", "lastUsedAt": null}]}
        """);
    assertThat(run("tokens")).isZero();
    assertThat(output())
        .contains("0a1b2c3d  till      https://shop.example (Till 1), since 2026-03-01")
        .contains("last used 2026-03-01")
        .contains("4e5f6a7b  metrics   program, since")
        .contains("never used");

    daemon.json("POST /api/v1/tokens/0a1b2c3d/revoke", "{\"holder\": \"https://shop.example\"}");
    assertThat(run("tokens", "revoke", "0a1b2c3d")).isZero();
    assertThat(output()).contains("https://shop.example is good for nothing now.");
  }

  @Test
  void whatIsLeftOfAnErasureIsSaid() {
    daemon.json(
        "POST /api/v1/erasures",
        """
        {"customers": 1, "operations": 2, "notDelivered": [7, 9]}
        """);

    assertThat(run("erase", "--email", "a@example.com")).isEqualTo(1);

    assertThat(output()).contains("1 customer, and the values of 2 operations", "7, 9");
  }

  @Test
  void anAuditTrailThatIsNotAsItWasWrittenIsNotWell() {
    daemon.json(
        "GET /api/v1/audit/verification",
        """
        {"intact": false, "entries": 3, "lastHash": "abc", "broken": 2}
        """);
    assertThat(run("audit", "verify")).isEqualTo(1);
    assertThat(output()).contains("Entry 2 is not as it was written");

    daemon.json(
        "GET /api/v1/audit/verification",
        """
        {"intact": false, "entries": 12, "lastHash": "abc", "broken": null,
         "missing": {"first": 13, "last": 17}, "replaced": null}
        """);
    assertThat(run("audit", "verify")).isEqualTo(1);
    assertThat(output()).contains("Entries 13 to 17, the last ones, are gone.");

    daemon.json(
        "GET /api/v1/audit/verification",
        """
        {"intact": false, "entries": 19, "lastHash": "abc", "broken": null, "missing": null,
         "replaced": 17}
        """);
    assertThat(run("audit", "verify")).isEqualTo(1);
    assertThat(output()).contains("Entry 17 is not the one that was written there");

    daemon.json(
        "GET /api/v1/audit/verification",
        """
        {"intact": true, "entries": 3, "lastHash": "abc", "broken": null}
        """);
    assertThat(run("audit", "verify")).isZero();
    assertThat(output()).contains("3 entries", "abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          operations                                                 | GET /api/v1/operations?limit=50
          operations --state held --after 9 --limit 5                | GET /api/v1/operations?limit=5&state=held&after=9
          operations --customer odoo:42                              | GET /api/v1/operations?limit=50&customer=odoo%3A42
          audit                                                      | GET /api/v1/audit?limit=50&after=0
          audit --after 9 --limit 5                                  | GET /api/v1/audit?limit=5&after=9
          """)
  void theQueueIsAskedForPageByPage(String line, String request) {
    daemon.json(request, "{\"operations\": [], \"next\": null}");

    assertThat(run(line.split(" "))).as(errors()).isZero();

    assertThat(output()).isEqualTo("There are none.\n");
    assertThat(daemon.requests()).containsExactly(request);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          operations seven           | 'seven' is not the id of an operation, which is a whole number.
          operations --state lost    | 'lost' is no state: it is pending, sending, delivered, held or discarded.
          operations --limit many    | --limit is a number from 1 to 500, not 'many'.
          retry                      | Say which: the id of an operation, or --reason for all that are held for one.
          retry 7 --reason forbidden | Say which: the id of an operation, or --reason for all that are held for one.
          retry --reason tired       | 'tired' is no reason: it is rejected, conflict, duplicate, missing or forbidden.
          retry 7 --set lang         | --set takes FIELD=VALUE, such as email=ana@example.com.
          retry 7 --set a:=b         | What is after 'a:=' is not JSON; for a text it is 'a='.
          resolve 7                  | Say how: --mine and --theirs for a conflict; --link or --create for a duplicate; --create for a missing one.
          resolve 7 --link 1 --create| Say how: --mine and --theirs for a conflict; --link or --create for a duplicate; --create for a missing one.
          resolve 7 --link ana       | 'ana' is not the id of a partner in Odoo, which is a whole number.
          resolve 7 --mine a --theirs a | 'a' can have one value only.
          discard 7                  | Say why, for the history: tillkeeper discard 7 --reason TEXT.
          key rotate --days never    | --days is a number of days from 1 to 3650, not 'never'.
          key rotate --days 0        | --days is a number of days from 1 to 3650, not '0'.
          completion fish            | There is no completion for 'fish', only for bash.
          status --wotch             | There is no option '--wotch' here; 'tillkeeper status --help' tells what there is.
          sync now                   | 'now' is too much here; 'tillkeeper sync --help' tells what there is.
          config                     | What of 'config'? 'tillkeeper config --help' tells.
          discard --reason           | Expected parameter for option '--reason' but found '--url'.
          """)
  void whatIsNotUnderstoodIsSaidInOneSentenceAndNobodyIsAsked(String line, String sentence) {
    assertThat(run(line.split(" "))).isEqualTo(64);

    assertThat(errors()).isEqualTo(sentence + "\n");
    assertThat(output()).isEmpty();
    assertThat(daemon.requests()).isEmpty();
  }

  @Test
  void whatTheDaemonRefusesIsSaidInItsOwnWords() {
    daemon.problem("GET /api/v1/operations/7", 404, "There is no operation with this id.");
    assertThat(run("operations", "7")).isEqualTo(64);
    assertThat(errors()).isEqualTo("There is no operation with this id.\n");

    daemon.problem("POST /api/v1/sync", 503, "Not now.");
    assertThat(run("sync", "--json")).isEqualTo(75);
    assertThat(errors()).isEqualTo("Not now.\n");
    assertThat(output()).contains("\"detail\":\"Not now.\"");

    daemon.problem("POST /api/v1/sync", 500, "Something went wrong here.");
    assertThat(run("sync")).isEqualTo(70);
  }

  @Test
  void whoAnswersAndIsNotTillkeeperIsNotTakenForIt() {
    daemon.answer("GET /api/v1/status", 200, "text/html", "<html>");
    assertThat(run("status")).isEqualTo(69);
    assertThat(errors()).startsWith("What answers at " + daemon.url() + " is not Tillkeeper");

    daemon.answer("GET /api/v1/status", 302, "text/plain", "");
    assertThat(run("status")).isEqualTo(69);
  }

  @Test
  void aDaemonThatIsNotThereIsSaidToBeMissing() {
    var url = daemon.url();
    daemon.close();

    assertThat(runAsIs("--url", url.toString(), "status")).isEqualTo(69);

    assertThat(errors()).startsWith("No Tillkeeper answers at " + url + ": ").hasLineCount(1);
    assertThat(runAsIs("status", "--url", "here")).isEqualTo(64);
  }

  @Test
  void theHelpAndTheCompletionKnowEveryCommand() {
    assertThat(runAsIs("--help")).isZero();
    var help = output();
    assertThat(runAsIs("completion", "bash")).isZero();
    for (var command :
        List.of(
            "status",
            "operations",
            "retry",
            "resolve",
            "discard",
            "mode",
            "sync",
            "key",
            "config")) {
      assertThat(help).containsPattern("(?m)^  " + command + " ");
      assertThat(output()).contains("function _picocli_tillkeeper_" + command + "()");
    }
    assertThat(output()).contains("online-only", "rejected");
  }
}
