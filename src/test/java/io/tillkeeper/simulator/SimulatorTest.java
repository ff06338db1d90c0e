package io.tillkeeper.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The rules of Odoo that the recordings do not show alone: what stays, what moves, who wins. */
class SimulatorTest {

  private static final List<String> NAME_AND_CITY = List.of("id", "name", "city");
  private static final String XID = "__tillkeeper__.4b1c9f3e-0000-4000-8000-000000000001";

  private final Simulator odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
  private final SimulatorClient client = new SimulatorClient(odoo);

  @AfterEach
  void stop() {
    odoo.close();
  }

  @Test
  void createsOnceHoweverOftenItIsAsked() throws Exception {
    long first = createIfAbsent(XID, "Zoë", "Lyon");
    long second = createIfAbsent(XID, "Zoë", "Lyon");

    assertThat(second).isEqualTo(first);
    assertThat(odoo.partners()).hasSize(1);
    assertThat(odoo.partnersNamed("Zoë").getFirst().externalIds()).containsExactly(XID);
    assertThat(odoo.calls("res.partner.load")).isEqualTo(2);
  }

  @Test
  void createIfAbsentLeavesAloneWhatTheBackOfficeChanged() throws Exception {
    long id = createIfAbsent(XID, "Zoë", "Lyon");
    odoo.edit(id, Map.of("city", "Nantes"));
    client.load(List.of(".id", "name"), List.of(List.of(Long.toString(id), "Zoé")), false);

    createIfAbsent(XID, "Zoë", "Lyon");

    Partner partner = odoo.partner(id).orElseThrow();
    assertThat(partner.values()).containsEntry("city", "Nantes").containsEntry("name", "Zoé");
  }

  @Test
  void createIfAbsentUpdatesWhenTheFirstCreationDidNotAskForIt() throws Exception {
    client.load(NAME_AND_CITY, List.of(List.of(XID, "Zoë", "Lyon")), false);

    createIfAbsent(XID, "Zoë", "Paris");

    assertThat(odoo.partners().getFirst().value("city")).isEqualTo("Paris");
  }

  @Test
  void anEmptyCellClearsAndAMissingColumnStays() throws Exception {
    long id = createIfAbsent(XID, "Zoë", "Lyon");
    odoo.edit(id, Map.of("email", "Zoe <Z@Ex.com>", "category_id", List.of(1, 2)));

    client.load(List.of("id", "city", "category_id/.id"), List.of(List.of(XID, "", "")), false);

    Partner partner = odoo.partner(id).orElseThrow();
    assertThat(partner.values()).doesNotContainKeys("city", "category_id");
    assertThat(partner.name()).isEqualTo("Zoë");
    JsonNode read = client.call("read", List.of(id), List.of("city", "email_normalized"));
    assertThat(read.at("/result/0/city").booleanValue()).isFalse();
    assertThat(read.at("/result/0/email_normalized").asText()).isEqualTo("z@ex.com");
  }

  @Test
  void aDeletedPartnerIsCreatedAnewUnderItsExternalId() throws Exception {
    long first = createIfAbsent(XID, "Zoë", "Lyon");
    odoo.delete(first);

    long second = createIfAbsent(XID, "Zoë", "Lyon");

    assertThat(second).isGreaterThan(first);
    assertThat(odoo.partner(first)).isEmpty();
  }

  @Test
  void anArchivedPartnerIsUpdatedAndStaysArchived() throws Exception {
    long id = createIfAbsent(XID, "Zoë", "Lyon");
    odoo.archive(id);

    client.load(NAME_AND_CITY, List.of(List.of(XID, "Zoë", "Paris")), false);

    Partner partner = odoo.partner(id).orElseThrow();
    assertThat(partner.active()).isFalse();
    assertThat(partner.value("city")).isEqualTo("Paris");
    JsonNode reference = reference(XID);
    assertThat(reference.get(1).isBoolean()).isTrue();
  }

  @Test
  void aMergeMovesTheExternalIdToTheSurvivor() throws Exception {
    long loser = createIfAbsent(XID, "Zoë", "Lyon");
    long survivor = odoo.create(Map.of("name", "Zoë Martin")).id();

    odoo.merge(loser, survivor);

    assertThat(createIfAbsent(XID, "Zoë", "Lyon")).isEqualTo(survivor);
    assertThat(odoo.partner(survivor).orElseThrow().name()).isEqualTo("Zoë Martin");
    assertThat(odoo.partner(loser)).isEmpty();
    assertThat(reference(XID).get(1).asLong()).isEqualTo(survivor);
  }

  @Test
  void oneBadRowTakesAllRowsBack() throws Exception {
    JsonNode result =
        client.load(
            List.of("id", "name", "country_id/id"),
            List.of(List.of("x.a", "A", "base.uk"), List.of("x.b", "B", "base.gb")),
            true);

    assertThat(result.get("ids").isBoolean()).isTrue();
    assertThat(result.at("/messages/0/record").asInt()).isEqualTo(1);
    assertThat(result.at("/messages/0/field").asText()).isEqualTo("country_id");
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void anUnknownDatabaseIdIsNamedAndNothingIsCreated() throws Exception {
    JsonNode result =
        client.load(List.of(".id", "name"), List.of(List.of("4711", "Nobody")), false);

    assertThat(result.at("/messages")).hasSize(1);
    assertThat(result.at("/messages/0/field").asText()).isEqualTo(".id");
    assertThat(odoo.partners()).isEmpty();
  }

  @Test
  void aBarcodeThatIsTakenBlamesItsRowOnly() throws Exception {
    odoo.create(Map.of("name", "First", "barcode", "042"));

    JsonNode result =
        client.load(
            List.of("id", "name", "barcode"),
            List.of(List.of("x.a", "A", "041"), List.of("x.b", "B", "042")),
            true);

    assertThat(result.at("/messages")).hasSize(1);
    assertThat(result.at("/messages/0/record").asInt()).isEqualTo(1);
    assertThat(result.at("/messages/0").has("field")).isFalse();
  }

  @Test
  void aContactOfACompanyNeedsTheAccountingRightToBeLoaded() throws Exception {
    long company = odoo.create(Map.of("name", "ACME", "is_company", true)).id();
    List<String> fields = List.of("id", "name", "parent_id/.id");
    List<List<?>> rows = List.of(List.of(XID, "Zoë", Long.toString(company)));

    JsonNode refused = client.load(fields, rows, true);
    odoo.grant(Right.ACCOUNTING);
    JsonNode loaded = client.load(fields, rows, true);

    assertThat(refused.at("/messages/0/message").asText()).contains("credit_limit");
    assertThat(loaded.get("ids")).hasSize(1);
  }

  @Test
  void aChildMayNameItsParentOfTheSameCall() throws Exception {
    odoo.grant(Right.ACCOUNTING);

    client.load(
        List.of("id", "name", "parent_id/id", "is_company"),
        List.of(List.of("x.p", "ACME", "", "1"), List.of("x.c", "Zoë", "x.p", "0")),
        true);

    long parent = odoo.partnersNamed("ACME").getFirst().id();
    assertThat(odoo.partnersNamed("Zoë").getFirst().value("parent_id")).isEqualTo(parent);
  }

  @Test
  void ofTwoOverlappingLoadsOneLosesAndItsRepeatFindsTheWinner() throws Exception {
    odoo.fault(new Fault.HangBeforeCommit(true), 1);
    CompletableFuture<JsonNode> slow =
        client.loadLater(NAME_AND_CITY, List.of(List.of(XID, "Zoë", "Lyon")), true);
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    long winner = createIfAbsent(XID, "Zoë", "Lyon");
    odoo.release();

    JsonNode loser = SimulatorClient.get(slow).path("result");
    assertThat(loser.get("ids").isBoolean()).isTrue();
    assertThat(loser.at("/messages/0/message").asText()).startsWith("could not serialize");
    assertThat(loser.at("/messages/0").has("field")).isFalse();
    assertThat(createIfAbsent(XID, "Zoë", "Lyon")).isEqualTo(winner);
    assertThat(odoo.partners()).hasSize(1);
  }

  @Test
  void aLoadLosesAgainstAnEditOfTheSamePartner() throws Exception {
    long id = createIfAbsent(XID, "Zoë", "Lyon");
    odoo.fault(new Fault.HangBeforeCommit(true), 1);
    CompletableFuture<JsonNode> slow =
        client.loadLater(
            List.of(".id", "city"), List.of(List.of(Long.toString(id), "Paris")), false);
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    odoo.edit(id, Map.of("city", "Nantes"));
    odoo.release();

    assertThat(SimulatorClient.get(slow).at("/result/ids").isBoolean()).isTrue();
    assertThat(odoo.partner(id).orElseThrow().value("city")).isEqualTo("Nantes");
  }

  @Test
  void aWriteThatHungIsRunAgainAndOvertakesANewerOne() throws Exception {
    long id = odoo.create(Map.of("name", "Zoë")).id();
    odoo.fault(new Fault.HangBeforeCommit(true), 1);
    CompletableFuture<JsonNode> slow =
        client.callLater("write", List.of(List.of(id), Map.of("city", "old")), Map.of());
    odoo.awaitHeld(1, SimulatorClient.PATIENCE);

    client.call("write", List.of(id), Map.of("city", "new"));
    odoo.release();

    assertThat(SimulatorClient.get(slow).get("result").booleanValue()).isTrue();
    assertThat(odoo.partner(id).orElseThrow().value("city")).isEqualTo("old");
  }

  @Test
  void manyClientsWithOneExternalIdMakeOnePartner() throws Exception {
    try (Simulator busy =
        Simulator.start(SimulatorOptions.odoo("18.0").withProcessingTime(Duration.ofMillis(5)))) {
      SimulatorClient many = new SimulatorClient(busy);
      List<CompletableFuture<JsonNode>> answers =
          IntStream.range(0, 20)
              .mapToObj(
                  i -> many.loadLater(List.of("id", "name"), List.of(List.of(XID, "Zoë")), true))
              .toList();

      Set<Long> ids = new HashSet<>();
      for (CompletableFuture<JsonNode> answer : answers) {
        SimulatorClient.get(answer).at("/result/ids").forEach(id -> ids.add(id.asLong()));
      }

      assertThat(ids).hasSize(1);
      assertThat(busy.partners()).hasSize(1);
    }
  }

  @Test
  void searchesByNormalizedEMailAndSkipsTheArchived() throws Exception {
    long id = odoo.create(Map.of("name", "Zoë", "email", "Zoë M <ZOE@Ex.com>")).id();
    odoo.archive(odoo.create(Map.of("name", "Zed", "email", "zoe@ex.com")).id());
    List<?> domain =
        List.of("|", List.of("email_normalized", "=", "zoe@ex.com"), List.of("ref", "=", "none"));

    JsonNode found = client.call("search_read", domain, List.of("name", "country_id"));
    JsonNode all =
        SimulatorClient.get(
            client.callLater(
                "search_count", List.of(domain), Map.of("context", Map.of("active_test", false))));

    assertThat(found.at("/result")).hasSize(1);
    assertThat(found.at("/result/0/id").asLong()).isEqualTo(id);
    assertThat(found.at("/result/0/country_id").booleanValue()).isFalse();
    assertThat(all.get("result").asInt()).isEqualTo(2);
  }

  @Test
  void aPhoneIsSanitizedWithItsCountry() throws Exception {
    long id = odoo.create(Map.of("name", "Zoë", "phone", "06 12 34 56 78", "country_id", 75)).id();

    JsonNode read = client.call("read", List.of(id), List.of("phone_sanitized", "country_id"));

    assertThat(read.at("/result/0/phone_sanitized").asText()).isEqualTo("+33612345678");
    assertThat(read.at("/result/0/country_id/1").asText()).isEqualTo("France");
  }

  @Test
  void theBackOfficeObeysTheSameRules() {
    assertThatThrownBy(() -> odoo.create(Map.of("email", "x@y.z")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("require a name");
  }

  @Test
  void json2ExistsFrom19Only() throws Exception {
    try (Simulator old = Simulator.start(SimulatorOptions.odoo("16.0"))) {
      SimulatorClient other = new SimulatorClient(old);

      assertThat(client.json2("res.partner", "search", Map.of("domain", List.of())).statusCode())
          .isEqualTo(200);
      assertThat(other.json2("res.partner", "search", Map.of("domain", List.of())).statusCode())
          .isEqualTo(404);
      assertThat(other.get("/web/version").statusCode()).isEqualTo(404);
    }
  }

  private long createIfAbsent(String externalId, String name, String city) throws Exception {
    JsonNode result = client.load(NAME_AND_CITY, List.of(List.of(externalId, name, city)), true);
    return result.at("/ids/0").asLong();
  }

  private JsonNode reference(String externalId) throws Exception {
    String[] parts = externalId.split("\\.", 2);
    return SimulatorClient.parse(
        client
            .json2(
                "ir.model.data",
                "check_object_reference",
                Map.of("module", parts[0], "xml_id", parts[1]))
            .body());
  }
}
