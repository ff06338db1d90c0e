package io.tillkeeper.sync;

import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.Rehearsal;
import io.tillkeeper.queue.RehearsalBook;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Brings the rehearsal that runs, if one does, as far as it can go now. Each step may be repeated,
 * and where it ended is on the disk when it returns; so the process may end anywhere.
 *
 * <p>Not thread-safe: one caller at a time, which is {@link RehearsalLoop} or a test.
 */
@ApplicationScoped
class RehearsalStep {

  private static final Logger LOG = Logger.getLogger(RehearsalStep.class);

  /** For everything to arrive, and to be checked and archived. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final RehearsalBook book;
  private final OperationQueue queue;
  private final RehearsalPartners partners;
  private final Modes modes;
  private final WorkerLoop worker;
  private final InstantSource clock;

  RehearsalStep(
      RehearsalBook book,
      OperationQueue queue,
      RehearsalPartners partners,
      Modes modes,
      WorkerLoop worker,
      InstantSource clock) {
    this.book = book;
    this.queue = queue;
    this.partners = partners;
    this.modes = modes;
    this.worker = worker;
    this.clock = clock;
  }

  /** Goes on until there is something to wait for. Says where it is then; empty when none runs. */
  Optional<Rehearsal> step() {
    return book.unfinished().map(this::goOn);
  }

  private Rehearsal goOn(Rehearsal rehearsal) {
    var before = rehearsal;
    var now = move(before);
    while (now.phase() != before.phase() && !now.cleanedUp()) {
      LOG.infof("Rehearsal %s: %s.", now.id(), now.phase().code());
      before = now;
      now = move(before);
    }
    if (now.cleanedUp()) {
      LOG.infof(
          "Rehearsal %s: %s. Nothing of it is left to do.",
          now.id(), Boolean.TRUE.equals(now.passed()) ? "passed" : "not passed");
    }
    return now;
  }

  private Rehearsal move(Rehearsal rehearsal) {
    var cast = new RehearsalCast(rehearsal);
    return switch (rehearsal.phase()) {
      case OFFLINE -> stayOffline(rehearsal, cast);
      case DELIVERING -> deliver(rehearsal, cast);
      case CHECKING -> check(rehearsal, cast);
      case ARCHIVING -> archive(rehearsal, cast);
      case FAILED -> cleanUp(rehearsal, cast);
      case DONE -> rehearsal;
    };
  }

  private Rehearsal stayOffline(Rehearsal rehearsal, RehearsalCast cast) {
    var next = rehearsal;
    if (rehearsal.accepted() < rehearsal.plan().customers()) {
      RehearsalLanes.accept(cast, queue);
      next = saved(RehearsalLanes.of(cast, queue).count(rehearsal));
    }
    if (modes.current() != Mode.OFFLINE) {
      return comeBack(next.troubled("Somebody set another mode while it was offline."));
    }
    return isTimeOver(next) ? comeBack(next) : next;
  }

  /** Also when the clock was set back, or the till would be offline for who knows how long. */
  private boolean isTimeOver(Rehearsal rehearsal) {
    var now = clock.instant();
    var times = rehearsal.times();
    return !now.isBefore(times.offlineUntil()) || now.isBefore(times.startedAt());
  }

  /** The mode first: if the process ends in between, the next start finds it as it should be. */
  private Rehearsal comeBack(Rehearsal rehearsal) {
    restoreMode(rehearsal);
    return saved(rehearsal.back(clock.instant(), deadline()));
  }

  private void restoreMode(Rehearsal rehearsal) {
    if (modes.current() == Mode.OFFLINE) {
      modes.change(Mode.parse(rehearsal.plan().modeBefore()).orElse(Mode.AUTO));
      worker.wake();
    }
  }

  private Instant deadline() {
    return clock.instant().plus(PATIENCE);
  }

  private Rehearsal deliver(Rehearsal rehearsal, RehearsalCast cast) {
    var lanes = lanes(cast);
    var next = lanes.count(rehearsal);
    if (lanes.areSettled()) {
      return saved(next.arrived(lanes.lastDelivery().orElse(null)));
    }
    return inTime(next.equals(rehearsal) ? next : saved(next));
  }

  /** The operations of the cast, of which none is held any more. */
  private RehearsalLanes lanes(RehearsalCast cast) {
    var lanes = RehearsalLanes.of(cast, queue);
    if (!lanes.giveUpHeld(queue)) {
      return lanes;
    }
    worker.wake();
    return RehearsalLanes.of(cast, queue);
  }

  private Rehearsal check(Rehearsal rehearsal, RehearsalCast cast) {
    return partners
        .check(cast)
        .map(checks -> saved(rehearsal.checked(checks)))
        .orElseGet(() -> inTime(rehearsal));
  }

  private Rehearsal archive(Rehearsal rehearsal, RehearsalCast cast) {
    return partners
        .archive(cast, rehearsal.checks())
        .map(checks -> closed(rehearsal.archived(checks, clock.instant()), cast))
        .orElseGet(() -> inTime(rehearsal));
  }

  /** What is left of one that has failed, whenever that can be done. */
  private Rehearsal cleanUp(Rehearsal rehearsal, RehearsalCast cast) {
    var lanes = lanes(cast);
    var next = lanes.count(rehearsal);
    if (!lanes.areSettled()) {
      return next;
    }
    return partners
        .check(cast)
        .flatMap(checks -> partners.archive(cast, checks))
        .map(checks -> closed(next.cleanedUp(checks), cast))
        .orElse(next);
  }

  /** One that cannot go on now, unless it has not been able to for too long. */
  private Rehearsal inTime(Rehearsal rehearsal) {
    var deadline = rehearsal.times().deadline();
    return deadline == null || clock.instant().isBefore(deadline)
        ? rehearsal
        : fail(
            rehearsal,
            "Not all was delivered, checked and archived within %d minutes."
                .formatted(PATIENCE.toMinutes()));
  }

  /** Ends one that cannot be brought to its end. */
  Rehearsal fail(Rehearsal rehearsal, String why) {
    if (rehearsal.phase() == Rehearsal.Phase.OFFLINE) {
      restoreMode(rehearsal);
    }
    return saved(rehearsal.failed(why, clock.instant()));
  }

  /** Puts right what an end of the process in the middle of one left behind. */
  Optional<Rehearsal> resume() {
    return book.unfinished().map(one -> one.ended() ? one : resume(one));
  }

  private Rehearsal resume(Rehearsal rehearsal) {
    var phase = rehearsal.phase().code();
    LOG.infof("Rehearsal %s was interrupted while %s; it is cleaned up.", rehearsal.id(), phase);
    var interrupted =
        rehearsal.troubled(
            "It was interrupted while %s: the daemon ended, and was started again at %s."
                .formatted(phase, clock.instant()));
    return rehearsal.phase() == Rehearsal.Phase.OFFLINE
        ? comeBack(interrupted)
        : saved(interrupted.prolonged(deadline()));
  }

  private Rehearsal saved(Rehearsal rehearsal) {
    book.save(rehearsal);
    return rehearsal;
  }

  private Rehearsal closed(Rehearsal rehearsal, RehearsalCast cast) {
    book.close(rehearsal, cast.refs());
    return rehearsal;
  }
}
