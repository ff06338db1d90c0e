package io.tillkeeper.sync;

import io.tillkeeper.odoo.OdooServer;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.Rehearsal;
import io.tillkeeper.queue.RehearsalBook;
import io.tillkeeper.queue.RehearsalPlan;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Begins rehearsals where they may run, one at a time, and never beside real operations. */
@ApplicationScoped
public class Rehearsals {

  private static final Logger LOG = Logger.getLogger(Rehearsals.class);

  private final RehearsalConfig config;
  private final RehearsalLoop loop;
  private final RehearsalBook book;
  private final OperationQueue queue;
  private final Modes modes;
  private final Link link;
  private final InstantSource clock;
  private final Supplier<UUID> ids;
  private final String version;

  Rehearsals(
      RehearsalConfig config,
      RehearsalLoop loop,
      RehearsalBook book,
      OperationQueue queue,
      Modes modes,
      Link link,
      InstantSource clock,
      Supplier<UUID> ids,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.config = config;
    this.loop = loop;
    this.book = book;
    this.queue = queue;
    this.modes = modes;
    this.link = link;
    this.clock = clock;
    this.ids = ids;
    this.version = version;
  }

  /** Whether rehearsals may run against this Odoo at all. */
  public boolean areAllowed() {
    return config.staging();
  }

  /** Why no rehearsal can begin now, in a plain sentence; empty when one can. */
  public Optional<String> obstacle() {
    if (!areAllowed()) {
      return Optional.of(
          "The configured Odoo is not marked as one for tests (tillkeeper.rehearsal.staging).");
    }
    var unfinished = book.unfinished();
    if (unfinished.isPresent()) {
      return Optional.of(
          unfinished.get().ended()
              ? "The last rehearsal is not cleaned up yet; that goes on as soon as Odoo takes it."
              : "A rehearsal is running.");
    }
    if (modes.current() == Mode.OFFLINE) {
      return Optional.of("The mode is offline; a rehearsal begins in another one.");
    }
    if (!queue.counts().allDelivered()) {
      return Optional.of(
          "Something is on its way to Odoo, or waits for a person; a rehearsal begins when nothing is.");
    }
    return link.isUp() && link.server().isPresent()
        ? Optional.empty()
        : Optional.of("There is nothing to rehearse against: Odoo does not answer now.");
  }

  /**
   * Begins a rehearsal, unless something stands against it. It is on the disk before the mode is
   * changed, so that the mode is restored whatever happens.
   */
  public synchronized RehearsalAnswer begin(int customers, int offlineSeconds) {
    var obstacle = obstacle();
    if (obstacle.isPresent()) {
      return areAllowed()
          ? new RehearsalAnswer.NotPossible(obstacle.get())
          : new RehearsalAnswer.NotAllowed(obstacle.get());
    }
    var now = clock.instant();
    var plan = plan(customers, offlineSeconds, link.server().orElseThrow());
    var rehearsal = Rehearsal.begun(RehearsalCast.newId(now, ids.get()), plan, now);
    book.save(rehearsal);
    try {
      modes.change(Mode.OFFLINE);
    } finally {
      loop.run(rehearsal);
    }
    LOG.infof(
        "Rehearsal %s: offline for %d seconds, with %d test customers.",
        rehearsal.id(), offlineSeconds, customers);
    return new RehearsalAnswer.Begun(rehearsal);
  }

  private RehearsalPlan plan(int customers, int offlineSeconds, OdooServer server) {
    return new RehearsalPlan(
        customers,
        offlineSeconds,
        modes.current().code(),
        version,
        server.version(),
        server.protocol().code(),
        server.database());
  }
}
