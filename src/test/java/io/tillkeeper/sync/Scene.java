package io.tillkeeper.sync;

import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.queue.EmptyQueue;
import io.tillkeeper.simulator.Simulator;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * The same start for each test that shares one daemon: an empty queue, an Odoo without faults, the
 * link untried.
 */
@ApplicationScoped
public class Scene {

  private static final int MOST_TRIES = 5;

  private final EmptyQueue queue;
  private final Modes modes;
  private final Link link;
  private final Worker worker;
  private final RehearsalStep rehearsal;
  private final TestClock clock;

  Scene(
      EmptyQueue queue,
      Modes modes,
      Link link,
      Worker worker,
      RehearsalStep rehearsal,
      TestClock clock) {
    this.queue = queue;
    this.modes = modes;
    this.link = link;
    this.worker = worker;
    this.rehearsal = rehearsal;
    this.clock = clock;
  }

  /** Empties everything, and brings the link up. */
  public void begin(Simulator odoo) {
    odoo.clearFaults();
    odoo.release();
    queue.now();
    clock.advance(Duration.ofMinutes(2)); // what the link did in another test is long ago
    modes.change(Mode.AUTO);
    bringUp();
    odoo.resetCalls();
  }

  /** The first call of a process may take longer than a test gives Odoo for an answer. */
  private void bringUp() {
    var tries = 0;
    do {
      link.hasten();
      worker.drainOnce();
    } while (!link.isUp() && ++tries < MOST_TRIES);
  }

  /** Loses the link for this reason, until Odoo is tried again. */
  public void lose(Diagnosis diagnosis) {
    link.lost(new LinkLost(diagnosis, "by a test", null, null));
  }

  /** Brings the rehearsal that runs as far as it can go now. */
  public void rehearse() {
    rehearsal.step();
  }

  /** Rounds until there is nothing to do now. */
  public int drain() {
    var picked = 0;
    for (var round = worker.drainOnce(); round > 0; round = worker.drainOnce()) {
      picked += round;
    }
    return picked;
  }

  /**
   * Lets every pause pass, the one after the link has come back too, and works until there is
   * nothing to do.
   */
  public int drainPatiently() {
    clock.advance(Duration.ofMinutes(2));
    var picked = drain();
    if (link.untilStart().isPositive()) {
      clock.advance(link.untilStart());
      picked += drain();
    }
    return picked;
  }
}
