package io.tillkeeper.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is let through into a support bundle, and what is not. */
class BundleTest {

  private static final Redaction REDACTION =
      Redaction.of(
          Map.of(
              "tillkeeper.odoo.api-key", "canarykey",
              "tillkeeper.odoo.login", "canary",
              "tillkeeper.odoo.url", "https://canary.example.com",
              "tillkeeper.api.origins", "https://canary.example.com",
              "tillkeeper.odoo.database", "shop",
              "tillkeeper.sync.batch", "50"),
          List.of("canarykey", "canary.example.com"));

  @Test
  void everyKeyIsNamedAndOnlyValuesAboutNobodyAreShown() {
    assertThat(REDACTION.configuration())
        .isEqualTo(
            """
            tillkeeper.api.origins=***
            tillkeeper.odoo.api-key=***
            tillkeeper.odoo.database=shop
            tillkeeper.odoo.login=***
            tillkeeper.odoo.url=***
            tillkeeper.sync.batch=50
            """);
  }

  @Test
  void whatLooksLikeAPersonOrAKeyIsTakenOutOfATextAndTheRestIsNot() {
    assertThat(
            REDACTION.redact(
                "canary.example.com: Ana <ana@mail.example.org> called +34 612 98 76 54 with canarykey or 0123456789abcdef0123456789abcdef01234567"))
        .isEqualTo("***: Ana <***> called *** with *** or ***");
    var line = "2026-03-01T09:00:00+0100 INFO Operations 1-7 delivered in 12 ms, 5 of 4294967298";
    assertThat(REDACTION.redact(line)).isEqualTo(line);
    assertThat(REDACTION.redact("Authorization: bearer abc-def")).doesNotContain("abc-def");
  }

  @Test
  void ofAnOperationOnlyWhatIsNamedIsKept() throws IOException {
    var page =
        """
        {"operations": [
          {"id": 7, "kind": "create", "state": "held", "customer": {"ref": "r", "odooId": null, "database": "d"},
           "values": {"name": "canary"}, "base": {"name": "canary"}, "corrected": {"name": "canary"},
           "till": "canary", "cashier": "canary", "acceptedAt": "t1", "stateSince": "t2",
           "held": {"reason": "conflict", "message": "canary", "field": "vat", "words": "canary"},
           "discarded": {"reason": "canary", "by": "canary"},
           "disputes": [{"field": "vat", "till": "canary", "odoo": "canary"}],
           "candidates": [{"odooId": 3, "values": {"name": "canary"}}],
           "history": [{"at": "t1", "event": "accepted", "by": "canary", "times": 1}],
           "somethingNew": "canary"}]}
        """;

    var kept = Bundle.operations(LocalApi.JSON.readTree(page));

    assertThat(kept).doesNotContain("canary");
    var operation = LocalApi.JSON.readTree(kept).get(0);
    assertThat(operation.path("reason").asText()).isEqualTo("conflict");
    assertThat(operation.path("disputed").toString()).isEqualTo("[\"vat\"]");
    assertThat(operation.path("candidates").asInt()).isOne();
    assertThat(operation.at("/history/0/event").asText()).isEqualTo("accepted");
  }
}
