package io.tillkeeper.sync;

import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The clock of the box is years ahead, and is then set right. */
@QuarkusTest
@WithTestResource(TestBox.class)
class ClockQuarkusTest {

  private static final Duration YEARS = Duration.ofDays(3 * 365);

  @Inject Scene scene;
  @Inject TestClock clock;
  @Inject Link link;
  Simulator odoo;
  private boolean ahead;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
    clock.advance(YEARS);
    ahead = true;
    link.hasten();
    scene.drain();
  }

  @AfterEach
  void setRight() {
    if (ahead) {
      clock.advance(YEARS.negated());
      ahead = false;
    }
  }

  @Test
  void whatWasAcceptedWhileTheClockWasAheadDoesNotWaitForYears() {
    customer(Map.of("name", "Accepted in the future"));
    setRight();

    scene.drain();

    assertThat(odoo.partnersNamed("Accepted in the future")).hasSize(1);
  }

  @Test
  void whatIsToBeSentAgainDoesNotWaitForYears() {
    odoo.fault(new Fault.DatabaseDown(), 1);
    customer(Map.of("name", "Sent again"));
    scene.drain();
    assertThat(odoo.partnersNamed("Sent again")).isEmpty();
    setRight();

    scene.drain();
    scene.drain();

    assertThat(odoo.partnersNamed("Sent again")).hasSize(1);
  }

  @Test
  void aLostLinkIsTriedAgainAndNotInYears() {
    scene.lose(Diagnosis.of(LinkCause.TIMEOUT));
    setRight();
    customer(Map.of("name", "After the loss"));

    scene.drain();

    assertThat(link.isUp()).isTrue();
    assertThat(odoo.partnersNamed("After the loss")).hasSize(1);
  }
}
