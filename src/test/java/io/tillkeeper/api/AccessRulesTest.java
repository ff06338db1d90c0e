package io.tillkeeper.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.access.Scope;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which scope a call needs, however it is written. */
class AccessRulesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /",
        "HEAD /",
        "GET /console/main.js",
        "GET /console/lang/es.js",
        "GET /tillkeeper.js",
        "GET /asyncapi.yaml",
        "GET /q/health/live",
        "POST /api/v1/tokens",
      })
  void withoutATokenThereIsThePageTheLivenessAndTheExchange(String call) {
    assertThat(needed(call)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /api/v1/status, TILL",
    "GET /api/v1/feed, TILL",
    "GET /api/v1/history, TILL",
    "POST /api/v1/customers, TILL",
    "POST /api/v1/customers/search, TILL",
    "GET /api/v1/customers, TILL",
    "GET /api/v1/customers/odoo:42, TILL",
    "GET /api/v1/customers/odoo%3A42, TILL",
    "PATCH /api/v1/customers/odoo:-7, TILL",
    "POST /api/v1/rpc, TILL",
    "GET /api/v1/operations, TILL",
    "GET /api/v1/operations/42, TILL",
    "GET /q/openapi, TILL",
    "GET /q/metrics, METRICS",
    "GET /q/health, METRICS",
    "GET /q/health/ready, METRICS",
    "POST /api/v1/operations/42/retry, OPERATOR",
    "POST /api/v1/operations/retry, OPERATOR",
    "PUT /api/v1/mode, OPERATOR",
    "POST /api/v1/sync, OPERATOR",
    "POST /api/v1/rehearsals, OPERATOR",
    "GET /api/v1/rehearsals/a/report, OPERATOR",
    "POST /api/v1/erasures, OPERATOR",
    "POST /api/v1/imports, OPERATOR",
    "GET /api/v1/audit, OPERATOR",
    "POST /api/v1/backups, OPERATOR",
    "GET /api/v1/exports, BOX",
    "POST /api/v1/exports, BOX",
    "POST /api/v1/pairings, BOX",
    "GET /api/v1/tokens, BOX",
    "POST /api/v1/tokens/1/revoke, BOX",
  })
  void eachCallHasItsScope(String call, Scope scope) {
    assertThat(needed(call)).contains(scope);
  }

  /** A path that the framework could take for another one than it looks like. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "PUT /api/v1/mode;x=status",
        "PUT /api/v1/mode/",
        "GET /api/v1/status%3B/../exports",
        "GET /console/..%2Fapi/v1/exports",
        "PATCH /api/v1/customers/a%2F..%2F..%2Fmode",
        "POST /api/v1/customers/search;/../../sync",
        "POST /api/v1/tokens/",
        "POST /api/v1/tokens;x",
        "POST /api/v1/tokens/../mode",
        "GET /q/health/live;x",
        "GET /console/../api/v1/status",
        "GET //api/v1/status",
        "GET /api/v1/new",
        "DELETE /api/v1/customers/odoo:42",
        "GET /q/dev-ui",
        "TRACE /",
        "POST /",
        "GET /anything",
      })
  void whatIsNotListedNeedsMoreThanATillHas(String call) {
    assertThat(needed(call))
        .hasValueSatisfying(scope -> assertThat(Scope.TILL.allows(scope)).isFalse());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/v1/exports/",
        "GET /api/v1/exports;x=1",
        "GET /api/v1/exports%3Bx=1",
        "GET /api/v1/audit/..%2Fexports",
        "GET /api/v1/audit%5C..%5Cexports",
        "GET /api/v1//exports",
        "GET /api/v1;x/exports",
        "POST /api/v1/pairings;x=1",
        "POST /api/v1/%70airings",
        "POST /api/v1/tokens/1/revoke;x=1",
      })
  void whatIsTheBoxsOwnIsSoHoweverItIsWritten(String call) {
    assertThat(needed(call)).contains(Scope.BOX);
  }

  private static Optional<Scope> needed(String call) {
    var words = call.split(" ", 2);
    return AccessRules.needed(words[0], words[1]);
  }
}
