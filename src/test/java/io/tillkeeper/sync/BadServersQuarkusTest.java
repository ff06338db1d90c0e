package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.OdooServer.Protocol;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An Odoo that restarts, is upgraded, or is renamed. */
@QuarkusTest
@WithTestResource(
    value = TestBox.class,
    initArgs = @ResourceArg(name = "tillkeeper.odoo.timeout", value = "400ms"))
class BadServersQuarkusTest {

  private static final String LOAD = "res.partner.load";

  @Inject Scene scene;
  @Inject Worker worker;
  @Inject Link link;
  @Inject Modes modes;
  Simulator odoo;

  @BeforeEach
  void begin() {
    begin("19.0");
  }

  private void begin(String version) {
    odoo.upgrade(version);
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
    worker.probe();
    settle();
    assertThat(link.server().orElseThrow().version()).isEqualTo(version);
  }

  @AfterEach
  void asItWas() {
    odoo.clearFaults();
    odoo.release();
    odoo.renameDatabase("shop");
    odoo.upgrade("19.0");
    modes.change(Mode.AUTO);
  }

  private void settle() {
    while (scene.drainPatiently() > 0) {
      // until nothing moves any more
    }
  }

  private Partner only(String name) {
    assertThat(odoo.partnersNamed(name)).hasSize(1);
    return odoo.partnersNamed(name).getFirst();
  }

  private static void assertAllDelivered() {
    given().get("/api/v1/status").then().body("allDelivered", equalTo(true));
  }

  /** The protocol changes with it, and the fields by which twins are searched. */
  @ParameterizedTest
  @CsvSource({"16.0, 18.0", "18.0, 19.0", "16.0, 19.0", "19.0, 18.0", "19.0, 16.0"})
  void anOdooOfAnotherVersionBetweenTwoCallsIsDeliveredTo(String before, String after) {
    begin(before);
    var ref = customer(Map.of("name", "Ana", "phone", "612 34 56 78"));
    scene.drain();
    assertThat(only("Ana").values()).isNotEmpty();

    odoo.upgrade(after);
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    customer(Map.of("name", "Bruno", "phone", "612 34 56 79", "email", "b@example.com"));
    settle();

    assertThat(only("Ana").values()).containsEntry("city", "León");
    assertThat(only("Bruno").externalIds()).hasSize(1);
    assertAllDelivered();
  }

  @Test
  void anUpgradeInAirplaneModeIsSeenWhenItEnds() {
    begin("18.0");
    modes.change(Mode.OFFLINE);
    odoo.upgrade("19.0");

    modes.change(Mode.AUTO);
    customer(Map.of("name", "Ana", "phone", "612 34 56 78"));
    scene.drain();

    assertThat(link.server().orElseThrow().protocol()).isEqualTo(Protocol.JSON_2);
    assertThat(only("Ana").externalIds()).hasSize(1);
    assertAllDelivered();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRestartInTheMiddleOfACallIsARestartOfTheCall(boolean committed) throws Exception {
    odoo.fault(
        committed ? new Fault.HangAfterCommit() : new Fault.HangBeforeCommit(false), 1, LOAD);
    var ref = customer(Map.of("name", "Ana", "city", "Soria"));
    var round = new Thread(scene::drain, "test-round");
    round.start();
    odoo.awaitHeld(1, Duration.ofSeconds(10));

    odoo.fault(new Fault.Refuse());
    round.join();
    assertThat(link.isUp()).isFalse();
    Till.update(ref, Map.of("city", "León")).then().statusCode(202);
    odoo.clearFaults();
    settle();

    assertThat(only("Ana").values()).containsEntry("city", "León");
    assertAllDelivered();
  }

  /** The queue belongs to a database: under another name it is not guessed to be the same. */
  @ParameterizedTest
  @ValueSource(strings = {"18.0", "19.0"})
  void aDatabaseThatWasRenamedBlocksTheLinkAndLosesNothing(String version) {
    begin(version);
    odoo.renameDatabase("shop-2027");
    customer(Map.of("name", "Ana"));
    scene.drain();
    settle();

    assertThat(link.state().code()).isEqualTo("blocked");
    assertThat(link.state().why()).contains(LinkCause.DATABASE);
    given().get("/api/v1/status").then().body("queue.pending", equalTo(1));
    assertThat(odoo.partners()).isEmpty();

    odoo.renameDatabase("shop");
    settle();
    assertThat(only("Ana").externalIds()).hasSize(1);
    assertAllDelivered();
  }
}
