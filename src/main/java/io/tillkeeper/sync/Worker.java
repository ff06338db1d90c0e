package io.tillkeeper.sync;

import io.tillkeeper.customer.Normal;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooGateway;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Brings what is queued into Odoo, one round after another: pick the lanes that may go, deliver
 * them side by side, write down how it ended. Picking and settling are on the disk when they
 * return, and no call is made while a transaction is open; so the process may end anywhere in a
 * round, and the next start repeats what was under way.
 *
 * <p>Not thread-safe: one caller at a time, which is {@link WorkerLoop} or a test.
 */
@ApplicationScoped
public class Worker {

  private static final Logger LOG = Logger.getLogger(Worker.class);

  /** One twin search serves that many batches. */
  private static final int BATCHES_A_ROUND = 10;

  private final OperationQueue queue;
  private final Portions portions;
  private final GuardedOdoo odoo;
  private final Link link;
  private final Modes modes;
  private final SyncConfig config;
  private final InstantSource clock;
  private final DeliveryRate rate;
  private final DeliveryMeter meter;
  private final Backoff backoff;
  private final Deliveries deliveries;
  private Instant lastSeen = Instant.MIN;

  Worker(
      OperationQueue queue,
      GuardedOdoo odoo,
      Link link,
      Modes modes,
      SyncConfig config,
      MergeConfig merge,
      TwinConfig twins,
      Normal normal,
      DeliveryRate rate,
      DeliveryMeter meter,
      InstantSource clock,
      RandomGenerator random) {
    this.queue = queue;
    this.portions = new Portions(queue);
    this.odoo = odoo;
    this.link = link;
    this.modes = modes;
    this.config = config;
    this.clock = clock;
    this.rate = rate;
    this.meter = meter;
    this.backoff = new Backoff(config.backoff(), config.longestBackoff(), random);
    var updates = new UpdateStep(merge, normal, config.batch());
    var creates = new CreateStep(new TwinSearch(new Twins(twins, normal)), updates, config.batch());
    this.deliveries = new Deliveries(creates, updates);
  }

  /**
   * One round: tries the link if it is not up and its time has come, then, unless the link has just
   * come back from an outage and the time to begin is yet to come, delivers what may go of as many
   * lanes as a few batches hold.
   *
   * @return how many operations were picked; 0 when there is nothing to do now
   */
  public int drainOnce() {
    noticeClock();
    if (!mayCall() || !(link.isUp() || tryLink()) || link.untilStart().isPositive()) {
      return 0;
    }
    var shipments = portions.pick(config.batch() * BATCHES_A_ROUND);
    if (!shipments.isEmpty()) {
      var beganAt = clock.instant();
      var outcomes = deliver(shipments);
      portions.settle(shipments, outcomes);
      var took = Duration.between(beganAt, clock.instant());
      rate.observe(outcomes.values().stream().filter(Worker::isAnswer).count(), took);
      meter.observe(outcomes.values(), took);
    }
    return shipments.size();
  }

  /**
   * What was to wait for a moment by a clock that has been set back meanwhile would wait for the
   * difference, too.
   */
  private void noticeClock() {
    var now = clock.instant();
    if (now.isBefore(lastSeen)) {
      LOG.info("The clock of this box was set back; what waits is tried now.");
      link.clockWasSetBack();
      queue.hasten();
    }
    lastSeen = now;
  }

  /** Asks Odoo whether it is there, however the link is. */
  void probe() {
    if (mayCall()) {
      callProbe();
    }
  }

  private boolean mayCall() {
    return link.isConfigured() && modes.current() != Mode.OFFLINE;
  }

  private boolean tryLink() {
    return link.untilNextTry().filter(Duration::isZero).isPresent() && callProbe();
  }

  private boolean callProbe() {
    try {
      link.introduced(odoo.call(OdooGateway::probe));
      return true;
    } catch (LinkLost loss) {
      return false; // the link knows
    }
  }

  private Map<Long, Outcome> deliver(List<Shipment> shipments) {
    var now = clock.instant();
    var tries = shipments.stream().mapToInt(Shipment::tries).max().orElse(0);
    var round = new Round(new RoundLine(odoo), now, now.plus(backoff.after(tries)));
    try {
      var outcomes = deliveries.deliver(shipments, round);
      DeliveryLog.lines(outcomes).forEach(line -> line.writeTo(LOG));
      return outcomes;
    } catch (RuntimeException fault) {
      return withoutTheFaulty(shipments, round, fault);
    }
  }

  /**
   * Halves a round in which Tillkeeper itself met a fault, until what it cannot deal with is alone:
   * the rest goes on. Whatever was delivered before the fault may be delivered again.
   */
  private Map<Long, Outcome> withoutTheFaulty(
      List<Shipment> shipments, Round round, RuntimeException fault) {
    var outcomes = new HashMap<Long, Outcome>();
    if (shipments.size() > 1) {
      outcomes.putAll(deliver(shipments.subList(0, shipments.size() / 2)));
      outcomes.putAll(deliver(shipments.subList(shipments.size() / 2, shipments.size())));
      return outcomes;
    }
    var waits = round.unavailable("internal");
    var seqs = shipments.getFirst().operations().stream().map(Operation::seq).toList();
    seqs.forEach(seq -> outcomes.put(seq, waits));
    DeliveryLog.fault(seqs, fault, waits).writeTo(LOG);
    return outcomes;
  }

  private static boolean isAnswer(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Delivered delivered -> true;
      case Outcome.Held held -> true;
      case Outcome.Unavailable unavailable -> false;
      case Outcome.PutBack putBack -> false;
    };
  }
}
