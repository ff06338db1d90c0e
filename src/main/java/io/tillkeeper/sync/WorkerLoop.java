package io.tillkeeper.sync;

import static java.util.Comparator.naturalOrder;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.storage.DiskTrouble;
import io.tillkeeper.storage.Pulse;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Runs the {@link Worker} while the daemon runs: at once when something was accepted, else when
 * something is due; asleep otherwise.
 */
@ApplicationScoped
public class WorkerLoop {

  /** When who follows the changes of the queue is there. */
  static final int LATE = Interceptor.Priority.LIBRARY_AFTER;

  private static final Logger LOG = Logger.getLogger(WorkerLoop.class);

  /**
   * How long a stop waits for the calls under way, and then again for what was broken off to be
   * written down.
   */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * How often it is seen whether the box has a network again, while that may be what is missing.
   */
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  /** A till that waits for the start gets its answer before the first call to Odoo. */
  private static final Duration FIRST = Duration.ofMillis(100);

  /** After a fault in the loop itself; it is not to burn the processor. */
  private static final Duration AFTER_A_FAULT = Duration.ofSeconds(10);

  /** What the work between two calls takes at the most, on a slow disk too. */
  private static final Duration BETWEEN_CALLS = Duration.ofMinutes(1);

  private final Worker worker;
  private final OperationQueue queue;
  private final GuardedOdoo odoo;
  private final Link link;
  private final BoxNetwork network;
  private final KeyWatch key;
  private final SyncConfig config;
  private final InstantSource clock;
  private final Pulse pulse;
  private final Semaphore wakeUps = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "tillkeeper-worker");
  private volatile boolean stopping;
  private volatile boolean probeWanted;
  private volatile boolean asleep;
  private volatile long woke = System.nanoTime();
  private long looked = System.nanoTime() - LOOK_EVERY.toNanos();
  private boolean recovered;
  private boolean hastened;

  WorkerLoop(
      Worker worker,
      OperationQueue queue,
      GuardedOdoo odoo,
      Link link,
      BoxNetwork network,
      KeyWatch key,
      SyncConfig config,
      InstantSource clock,
      Pulse pulse) {
    this.worker = worker;
    this.queue = queue;
    this.odoo = odoo;
    this.link = link;
    this.network = network;
    this.key = key;
    this.config = config;
    this.clock = clock;
    this.pulse = pulse;
  }

  void start(@Observes @Priority(LATE) StartupEvent event) {
    if (config.enabled()) {
      thread.start();
    }
    pulse.every(config.probeInterval(), this::heartbeat);
    if (!link.isConfigured()) {
      LOG.warn(
          "No Odoo server is configured (tillkeeper.odoo.url): what is accepted is kept, and has"
              + " nowhere to go.");
    }
  }

  /**
   * Lets the call under way end, and what it did be written down; breaks it off when that takes too
   * long.
   */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopSoon();
    if (!joined()) {
      odoo.breakOff();
      joined();
    }
  }

  /** Begins nothing more. What was picked and has not been sent is put back. */
  void stopSoon() {
    stopping = true;
    odoo.stopSoon();
    wake();
  }

  /**
   * Whether what is queued is looked after: the worker sleeps until something is due, or gets on
   * with its work. False when its thread has ended, or is stuck for longer than any call may take.
   */
  public boolean isWorking() {
    return !config.enabled() || thread.isAlive() && (asleep || !isStuck());
  }

  private boolean isStuck() {
    var sinceWoken = Duration.ofNanos(System.nanoTime() - woke);
    var silence = Stream.of(sinceWoken, odoo.sinceLastCall()).min(naturalOrder()).get();
    return silence.compareTo(odoo.longestCall().plus(BETWEEN_CALLS)) > 0;
  }

  private boolean joined() throws InterruptedException {
    return thread.getState() == Thread.State.NEW || thread.join(PATIENCE);
  }

  /** There may be something to do. */
  public void wake() {
    wakeUps.release();
  }

  /** Somebody wants everything to be tried now, whatever was to be waited for. */
  public void tryNow() {
    link.hasten();
    queue.hasten();
    wake();
  }

  /**
   * Where there is nothing to send, the link is tried now and then, so that its state is not old
   * news.
   */
  void heartbeat() {
    probeWanted = true;
    key.want();
    wake();
  }

  private void run() {
    sleep(FIRST);
    while (!stopping) {
      sleep(round());
    }
  }

  /** Works until nothing is left to do now, and says how long there will not be. */
  private Duration round() {
    try {
      recoverOnce();
      wakeUps.drainPermits();
      lookAround();
      while (!stopping && worker.drainOnce() > 0) {
        probeWanted = false;
      }
      if (probeWanted && link.isUp()) {
        worker.probe();
      }
      probeWanted = false;
      if (!stopping) {
        key.look();
        hastenOnce();
      }
      return untilNext();
    } catch (RuntimeException fault) {
      if (!DiskTrouble.isBehind(fault)) {
        LOG.error("The worker met a fault; nothing is lost, and it goes on.", fault);
      }
      recovered = false;
      return AFTER_A_FAULT;
    }
  }

  /** What was being sent when the process ended, or met a fault, is in no round any more. */
  private void recoverOnce() {
    if (!recovered) {
      var again = queue.recover();
      if (again > 0) {
        LOG.infof(
            "%d operations were on their way when the process ended, or met a fault; they are sent again.",
            again);
      }
      recovered = true;
    }
  }

  /**
   * After a start all is tried, as the clock is now: what it was set to before may have been far
   * ahead. In a long queue it takes a while to see what that is, so it is looked for when something
   * can be sent, and what is due goes first.
   */
  private void hastenOnce() {
    if (!hastened && link.isUp()) {
      queue.hasten();
      hastened = true;
      wake();
    }
  }

  /** Sees what changes without a call: by the passing of time, and the network of the box. */
  private void lookAround() {
    link.look();
    if (!link.mayNeedNetwork()) {
      network.forget();
    } else if (isTimeToLook() && network.hasComeBack()) {
      link.networkCameBack();
    }
  }

  /** Each customer that is accepted wakes the worker, and none of them brings a network. */
  private boolean isTimeToLook() {
    var now = System.nanoTime();
    var isTime = now - looked >= LOOK_EVERY.toNanos();
    if (isTime) {
      looked = now;
    }
    return isTime;
  }

  private Duration untilNext() {
    var next = untilNextWork();
    var look = link.mayNeedNetwork() ? LOOK_EVERY : next;
    return Stream.of(next, look, link.untilShownChanges().orElse(next)).min(naturalOrder()).get();
  }

  private Duration untilNextWork() {
    if (!link.isUp()) {
      return link.untilNextTry().orElse(config.probeInterval());
    }
    var untilStart = link.untilStart();
    if (untilStart.isPositive()) {
      return untilStart;
    }
    var now = clock.instant();
    return queue.nextDue().map(due -> Duration.between(now, due)).orElse(config.probeInterval());
  }

  private void sleep(Duration duration) {
    try {
      // at least a moment: what is due within the same millisecond is not to be asked for in a
      // circle
      var millis = Math.clamp(duration.toMillis(), 10, config.probeInterval().toMillis());
      asleep = true;
      if (wakeUps.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        LOG.trace("woken");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the worker", e);
    } finally {
      woke = System.nanoTime();
      asleep = false;
    }
  }
}
