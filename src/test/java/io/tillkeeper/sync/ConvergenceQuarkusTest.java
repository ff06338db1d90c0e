package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Random;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;

/**
 * Tills, a back office, deciding people and faults at random, over thousands of steps; then
 * everything comes to rest, and what is in Odoo must be what the rules say. {@code
 * -Dtillkeeper.steps} makes it longer, {@code -Dtillkeeper.seed} another run.
 */
@QuarkusTest
@WithTestResource(TestBox.class)
class ConvergenceQuarkusTest {

  private static final Logger LOG = Logger.getLogger(ConvergenceQuarkusTest.class);
  private static final int STEPS = Integer.getInteger("tillkeeper.steps", 10_000);
  private static final long SEED = Long.getLong("tillkeeper.seed", 6);

  @Inject Scene scene;
  @Inject OperationQueue queue;
  @Inject TestClock clock;
  @Inject Worker worker;
  Simulator odoo;

  @Test
  void whatWasAcceptedIsInOdooByTheRulesOrHeldWithAReason() {
    LOG.infof("%d steps, seed %d", STEPS, SEED);
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
    var world = new RandomShop(queue, odoo, new Random(SEED));

    for (var step = 0; step < STEPS; step++) {
      world.step();
      if (step % 7 == 0) {
        worker.drainOnce();
      }
      if (step % 50 == 0) {
        clock.advance(Duration.ofMinutes(2));
      }
    }
    odoo.clearFaults();
    while (scene.drainPatiently() > 0) {
      // until nothing moves any more
    }

    world.checkAtRest("seed " + SEED);
    assertThat(queue.counts().sending()).isZero();
  }
}
