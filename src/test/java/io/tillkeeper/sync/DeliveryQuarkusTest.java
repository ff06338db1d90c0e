package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** From the till's call to Odoo's record: through the API, the queue, the worker and the wire. */
@QuarkusTest
@WithTestResource(TestBox.class)
class DeliveryQuarkusTest {

  @Inject Scene scene;
  Simulator odoo;

  @BeforeEach
  void begin() {
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
  }

  private static void update(String ref, Map<String, Object> values) {
    Till.update(ref, values).then().statusCode(202);
  }

  @Test
  void aCustomerArrivesInOdooUnderItsExternalId() {
    var ref = customer(Map.of("name", "Ana", "email", "Ana@Example.com", "country_id", "GB"));

    scene.drain();

    assertThat(odoo.partnersNamed("Ana"))
        .singleElement()
        .satisfies(
            partner -> {
              assertThat(partner.externalIds()).containsExactly("__tillkeeper__." + ref);
              assertThat(partner.values()).containsEntry("email", "Ana@Example.com");
            });
    given()
        .get("/api/v1/customers/" + ref)
        .then()
        .body("standing", equalTo("delivered"))
        .body("odooId", not(nullValue()))
        .body("database", equalTo("shop"));
  }

  @Test
  void whatWasQueuedWhileTheLineWasDownArrivesInOrderWhenItIsBack() {
    odoo.fault(new Fault.Refuse());
    var ref = customer(Map.of("name", "Bruno"));
    scene.drain();
    update(ref, Map.of("city", "Leon", "phone", "612 000 000"));
    update(ref, Map.of("city", "León"));
    scene.drain();
    given()
        .get("/api/v1/status")
        .then()
        .body("link.state", equalTo("down"))
        .body("link.cause", equalTo("refused"))
        .body("queue.pending", equalTo(3))
        .body("allDelivered", equalTo(false));

    odoo.clearFaults();
    scene.drainPatiently();

    assertThat(odoo.partnersNamed("Bruno"))
        .singleElement()
        .satisfies(
            partner ->
                assertThat(partner.values())
                    .containsEntry("city", "León")
                    .containsEntry("phone", "612 000 000"));
    given()
        .get("/api/v1/status")
        .then()
        .body("link.state", equalTo("up"))
        .body("queue.deliveredTotal", equalTo(3))
        .body("allDelivered", equalTo(true));
  }

  @Test
  void anAnswerThatIsLostTenTimesAfterTheCommitMakesOnePartner() {
    customer(Map.of("name", "Carla"));
    odoo.fault(new Fault.ResetMidAnswer(), 10, "res.partner.load");

    for (var lost = 0; lost < 10; lost++) {
      scene.drainPatiently();
      assertThat(odoo.partnersNamed("Carla")).hasSize(1);
    }
    scene.drainPatiently();

    assertThat(odoo.partnersNamed("Carla")).hasSize(1);
    assertThat(odoo.calls("res.partner.load")).isEqualTo(11);
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  @Test
  void aCustomerThatOdooRejectsIsHeldWithOdoosWordsAndTheOthersArrive() {
    customer(Map.of("name", "First"));
    var rejected = customer(Map.of("name", "Second", "lang", "xx_XX"));
    update(rejected, Map.of("city", "Lugo"));
    customer(Map.of("name", "Third"));

    scene.drain();

    assertThat(odoo.partners()).extracting("name").containsExactlyInAnyOrder("First", "Third");
    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations", hasSize(1))
        .body("operations[0].held.reason", equalTo("rejected"))
        .body("operations[0].held.field", equalTo("lang"))
        .body(
            "operations[0].held.words",
            equalTo("Value 'xx_XX' not found in selection field 'Language'"))
        .body("operations[0].history[-1].event", equalTo("held"));
    given()
        .get("/api/v1/operations?state=pending")
        .then()
        .body("operations", hasSize(1))
        .body("operations[0].customer.ref", equalTo(rejected));
    given().get("/api/v1/customers/" + rejected).then().body("standing", equalTo("held"));
  }

  @Test
  void aContactFollowsItsCompany() {
    odoo.fault(
        new Fault.OdooException("psycopg2.errors.LockNotAvailable", "busy"), 1, "res.partner.load");
    var company = customer(Map.of("name", "Company", "is_company", true));
    customer(Map.of("name", "Contact", "parentRef", company));

    scene.drain();
    assertThat(odoo.partners()).isEmpty();
    scene.drainPatiently();

    var companyId = odoo.partnersNamed("Company").getFirst().id();
    assertThat(odoo.partnersNamed("Contact").getFirst().values())
        .containsEntry("parent_id", companyId);
  }

  @Test
  void aCustomerThatOdooKnowsIsChangedByItsDatabaseId() {
    var known = odoo.create(Map.of("name", "Known", "city", "Vigo", "phone", "1"));

    update("odoo:" + known.id(), Map.of("phone", "2"));
    scene.drain();

    assertThat(odoo.partner(known.id()).orElseThrow().values())
        .containsEntry("phone", "2")
        .containsEntry("city", "Vigo");
  }

  @Test
  void whatTheBackOfficeDidToADeliveredCustomerIsNotOverwrittenByARepeatedCreate() {
    customer(Map.of("name", "Dora", "city", "Soria"));
    odoo.fault(new Fault.ResetMidAnswer(), 1, "res.partner.load");
    scene.drain();
    odoo.edit(odoo.partnersNamed("Dora").getFirst().id(), Map.of("city", "Teruel"));

    scene.drainPatiently();

    assertThat(odoo.partnersNamed("Dora"))
        .singleElement()
        .satisfies(partner -> assertThat(partner.values()).containsEntry("city", "Teruel"));
  }

  @Test
  void aPartnerThatWasMergedInOdooIsFoundByItsExternalId() {
    var ref = customer(Map.of("name", "Loser"));
    scene.drain();
    var survivor = odoo.create(Map.of("name", "Survivor"));
    odoo.merge(odoo.partnersNamed("Loser").getFirst().id(), survivor.id());

    update(ref, Map.of("city", "Cuenca"));
    scene.drain();

    assertThat(odoo.partner(survivor.id()).orElseThrow().values()).containsEntry("city", "Cuenca");
    given().get("/api/v1/customers/" + ref).then().body("odooId", equalTo((int) survivor.id()));
  }

  @Test
  void aPartnerThatWasDeletedInOdooIsHeldAsMissing() {
    var ref = customer(Map.of("name", "Gone"));
    scene.drain();
    odoo.delete(odoo.partnersNamed("Gone").getFirst().id());

    update(ref, Map.of("city", "Cuenca"));
    scene.drain();

    given()
        .get("/api/v1/operations?state=held")
        .then()
        .body("operations[0].held.reason", equalTo("missing"));
    assertThat(odoo.partnersNamed("Gone")).isEmpty();
  }

  @Test
  void aPartnerThatWasArchivedInOdooIsChangedAndStaysArchived() {
    var ref = customer(Map.of("name", "Archived"));
    scene.drain();
    var id = odoo.partnersNamed("Archived").getFirst().id();
    odoo.archive(id);

    update(ref, Map.of("city", "Ronda"));
    scene.drain();

    assertThat(odoo.partner(id).orElseThrow())
        .satisfies(
            partner -> {
              assertThat(partner.active()).isFalse();
              assertThat(partner.values()).containsEntry("city", "Ronda");
            });
  }
}
