package io.tillkeeper.sync;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.LogLines;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When Odoo is asked for the end of the key, and who is told. */
@QuarkusTest
@WithTestResource(TestBox.class)
class KeyWatchQuarkusTest {

  private static final String LIST = "res.users.apikeys.search_read";
  private static final String NAME = "Ends";

  @Inject KeyWatch key;
  @Inject Scene scene;
  @Inject TestClock clock;
  @Inject Link link;
  @Inject Worker worker;
  @Inject Modes modes;
  Simulator odoo;

  private final LogLines log = new LogLines(KeyWatch.class);

  @BeforeEach
  void begin() {
    scene.begin(odoo);
    key.keyChanged();
    look();
    odoo.resetCalls();
    log.listen();
  }

  @AfterEach
  void end() {
    log.close();
    odoo.takeKeyAway(NAME);
    modes.change(Mode.AUTO);
  }

  private void look() {
    key.want();
    key.look();
  }

  private Instant keyEndsIn(Duration duration) {
    var end = clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS);
    odoo.takeKeyAway(NAME);
    odoo.makeKey(NAME, end);
    return end;
  }

  private void linkComesBack() {
    scene.lose(Diagnosis.of(LinkCause.TIMEOUT));
    clock.advance(Duration.ofMinutes(2));
    worker.drainOnce();
  }

  @Test
  void itIsAskedOnceAtEachTimeTheLinkComesUpAndThenDaily() {
    look();
    clock.advance(Duration.ofHours(23));
    look();
    assertThat(odoo.calls(LIST)).isZero();

    clock.advance(Duration.ofHours(1));
    look();
    look();
    assertThat(odoo.calls(LIST)).isOne();

    linkComesBack();
    look();
    look();
    assertThat(odoo.calls(LIST)).isEqualTo(2);

    key.keyChanged();
    key.look();
    key.look();
    assertThat(odoo.calls(LIST)).isEqualTo(3);
  }

  @Test
  void nobodyIsAskedWhileTheLinkIsNotUp() {
    key.keyChanged();
    scene.lose(Diagnosis.of(LinkCause.TIMEOUT));
    look();
    modes.change(Mode.OFFLINE);
    look();

    assertThat(odoo.calls()).isEmpty();
  }

  @Test
  void aQuestionThatIsLostIsAskedAgainWhenTheLinkIsBack() {
    var end = keyEndsIn(Duration.ofDays(80));
    odoo.fault(new Fault.Cut(Fault.Moment.AFTER_COMMIT, Fault.Manner.RESET), 1, LIST);
    key.keyChanged();
    look();
    assertThat(link.isUp()).isFalse();
    assertThat(key.expiresAt()).isEmpty();

    clock.advance(Duration.ofMinutes(2));
    worker.drainOnce();
    look();
    assertThat(key.expiresAt()).contains(end);
  }

  @Test
  void theStatusAndTheNumbersSayWhenItEndsAndNothingWhereItDoesNot() {
    given().get("/api/v1/status").then().body("odoo", not(hasKey("keyExpiresAt")));
    given().get("/q/metrics").then().body(containsString(metric("NaN")));

    var end = keyEndsIn(Duration.ofDays(80));
    var told = new ArrayList<Instant>();
    link.onChange(() -> key.expiresAt().ifPresent(told::add));
    key.keyChanged();
    look();

    assertThat(told).contains(end);
    given().get("/api/v1/status").then().body("odoo.keyExpiresAt", equalTo(end.toString()));
    var seconds = (double) end.getEpochSecond();
    given().get("/q/metrics").then().body(containsString(metric(String.valueOf(seconds))));
    assertThat(log.heard()).isEmpty();
  }

  private static String metric(String value) {
    return "tillkeeper_key_expires_timestamp_seconds " + value;
  }

  @Test
  void fromFourteenDaysBeforeTheLogWarnsOnceADay() {
    var end = keyEndsIn(Duration.ofDays(14).plusHours(1));
    key.keyChanged();
    look();
    assertThat(log.heard()).isEmpty();

    clock.advance(Duration.ofDays(1));
    look();
    linkComesBack();
    look();
    assertThat(log.heard()).hasSize(1);
    assertThat(log.heard().getFirst().getLevel().getName()).isEqualTo("WARN");
    assertThat(String.valueOf(log.heard().getFirst().getMessage()))
        .contains("The API key ends on", "'tillkeeper key rotate' renews it");

    clock.advance(Duration.ofDays(1));
    look();
    assertThat(log.heard()).hasSize(2);
    assertThat(key.expiresAt()).contains(end);
  }
}
