package io.tillkeeper.sync;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.queue.QueueChange;
import io.tillkeeper.queue.QueueChanged;
import io.tillkeeper.queue.Rehearsal;
import io.tillkeeper.queue.RehearsalBook;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rehearsal that runs to its end, by a thread that is there only as long as one runs: at
 * once when something of it moves, else when its time has come; asleep otherwise. One that an end
 * of the process interrupted is cleaned up after the next start.
 */
@ApplicationScoped
class RehearsalLoop {

  private static final Logger LOG = Logger.getLogger(RehearsalLoop.class);

  /** While there is nothing to wait for but the link, or an Odoo that is less busy. */
  private static final Duration UNTIL_NEXT_LOOK = Duration.ofSeconds(5);

  /** How long a stop waits for the step under way. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final RehearsalStep steps;
  private final RehearsalBook book;
  private final SyncConfig config;
  private final InstantSource clock;
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile Set<UUID> cast = Set.of();
  private volatile boolean stopping;
  private @Nullable Thread thread;

  RehearsalLoop(RehearsalStep steps, RehearsalBook book, SyncConfig config, InstantSource clock) {
    this.steps = steps;
    this.book = book;
    this.config = config;
    this.clock = clock;
  }

  void start(@Observes @Priority(WorkerLoop.LATE) StartupEvent event) {
    steps.resume().ifPresent(this::run);
  }

  /** Takes one to its end. */
  synchronized void run(Rehearsal rehearsal) {
    if (config.enabled()) {
      cast = Set.copyOf(new RehearsalCast(rehearsal).refs());
      thread = Thread.ofPlatform().name("tillkeeper-rehearsal").start(this::run);
    }
  }

  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    wakeUps.release();
    var running = running();
    if (running.isPresent()) {
      running.get().join(PATIENCE);
    }
  }

  private synchronized Optional<Thread> running() {
    return Optional.ofNullable(thread);
  }

  void queueChanged(@Observes QueueChanged event) {
    var ours = cast;
    if (!ours.isEmpty() && event.changes().stream().anyMatch(change -> isOf(change, ours))) {
      wakeUps.release();
    }
  }

  private static boolean isOf(QueueChange change, Set<UUID> refs) {
    return switch (change) {
      case QueueChange.OperationMoved moved -> refs.contains(moved.ref());
      case QueueChange.CustomerMoved moved -> refs.contains(moved.ref());
    };
  }

  void modeChanged(@Observes ModeChanged event) {
    if (!cast.isEmpty()) {
      wakeUps.release();
    }
  }

  private void run() {
    try {
      while (!stopping) {
        wakeUps.drainPermits();
        var now = step();
        if (now.isEmpty() || now.get().cleanedUp()) {
          break;
        }
        sleep(untilNext(now.get()));
      }
    } catch (RuntimeException fault) {
      LOG.error(
          "The clean-up of a rehearsal met a fault; it is tried again at the next start.", fault);
    } finally {
      ended();
    }
  }

  /** Another may have begun since this one was over. */
  private synchronized void ended() {
    if (Thread.currentThread().equals(thread)) {
      thread = null;
      cast = Set.of();
    }
  }

  /** One step; after a fault, what is left is cleaned up. */
  private Optional<Rehearsal> step() {
    try {
      return steps.step();
    } catch (RuntimeException fault) {
      var met = book.unfinished().filter(rehearsal -> !rehearsal.ended()).orElseThrow(() -> fault);
      LOG.errorf(fault, "Rehearsal %s met a fault; what is left of it is cleaned up.", met.id());
      steps.fail(met, "Tillkeeper itself met a fault.");
      return steps.step();
    }
  }

  private Duration untilNext(Rehearsal rehearsal) {
    var times = rehearsal.times();
    return switch (rehearsal.phase()) {
      case OFFLINE -> Duration.between(clock.instant(), times.offlineUntil());
      case DELIVERING ->
          Duration.between(clock.instant(), Objects.requireNonNull(times.deadline()));
      case CHECKING, ARCHIVING, DONE -> UNTIL_NEXT_LOOK;
      case FAILED -> config.probeInterval();
    };
  }

  private void sleep(Duration duration) {
    try {
      if (wakeUps.tryAcquire(Math.max(10, duration.toMillis()), TimeUnit.MILLISECONDS)) {
        LOG.trace("woken");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a rehearsal", e);
    }
  }
}
