package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every fault of the table of bad lines, at random, on any call, while a shop at random is at work
 * and Odoo is upgraded and set back; then everything comes to rest, and all sides agree. {@code
 * -Dtillkeeper.lines.steps} makes it longer, {@code -Dtillkeeper.seed} another run.
 */
@QuarkusTest
@WithTestResource(
    value = TestBox.class,
    initArgs = @ResourceArg(name = "tillkeeper.odoo.timeout", value = "400ms"))
class RandomLinesQuarkusTest {

  private static final Logger LOG = Logger.getLogger(RandomLinesQuarkusTest.class);
  private static final int STEPS = Integer.getInteger("tillkeeper.lines.steps", 500);
  private static final long SEED = Long.getLong("tillkeeper.seed", 3);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final List<Fault> FAULTS = List.copyOf(BadLine.ALL.values());
  private static final List<String> VERSIONS = List.of("16.0", "18.0", "19.0");
  private static final List<String> CALLS =
      Arrays.asList(null, "res.partner.load", "res.partner.load", "res.partner.read");

  @Inject Scene scene;
  @Inject OperationQueue queue;
  @Inject TestClock clock;
  @Inject Worker worker;
  Simulator odoo;

  @AfterEach
  void asItWas() {
    odoo.clearFaults();
    odoo.release();
    odoo.upgrade("19.0");
  }

  @Test
  void whateverBreaksWheneverAllSidesAgreeInTheEnd() {
    LOG.infof("%d steps, seed %d", STEPS, SEED);
    odoo.partners().forEach(partner -> odoo.delete(partner.id()));
    scene.begin(odoo);
    var random = new Random(SEED);
    var shop = new RandomShop(queue, odoo, random, () -> change(random));

    for (var step = 0; step < STEPS; step++) {
      shop.step();
      if (step % 7 == 0) {
        worker.drainOnce();
      }
      if (step % 20 == 0) {
        clock.advance(Duration.ofMinutes(2));
      }
    }
    odoo.clearFaults();
    settle();
    odoo.release();
    odoo.awaitNoneHeld(LIMIT);
    settle();

    shop.checkAtRest("seed " + SEED);
    assertThat(queue.counts().sending()).isZero();
  }

  private void change(Random random) {
    odoo.clearFaults();
    switch (random.nextInt(8)) {
      case 0 -> odoo.release();
      case 1 -> odoo.upgrade(any(VERSIONS, random));
      case 2 -> {} // all is well
      default -> {
        var fault = any(FAULTS, random);
        if (fault instanceof Fault.Refuse) {
          odoo.fault(fault);
        } else {
          odoo.fault(fault, 1 + random.nextInt(3), any(CALLS, random));
        }
      }
    }
  }

  private void settle() {
    while (scene.drainPatiently() > 0) {
      // until nothing moves any more
    }
  }

  private static <T> T any(List<T> list, Random random) {
    return list.get(random.nextInt(list.size()));
  }
}
