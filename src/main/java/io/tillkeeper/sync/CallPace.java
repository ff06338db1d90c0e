package io.tillkeeper.sync;

import io.tillkeeper.odoo.OdooConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How fast calls may follow each other. A call that comes too early waits for its turn; none is
 * turned away, except when the daemon stops.
 *
 * <p>Thread-safe.
 */
@ApplicationScoped
class CallPace {

  /** Odoo Online asks for about one call per second. */
  private static final double ODOO_ONLINE = 1;

  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  private final Duration interval;
  private final InstantSource clock;
  private final Sleeper sleeper;
  private final Set<Thread> waiting = new HashSet<>();
  private Instant nextTurn = Instant.MIN;
  private boolean closed;

  @Inject
  CallPace(SyncConfig sync, OdooConfig odoo, InstantSource clock) {
    this(interval(sync, odoo), clock, Thread::sleep);
  }

  /**
   * @param interval from the beginning of one call to the beginning of the next, at the least
   */
  CallPace(Duration interval, InstantSource clock, Sleeper sleeper) {
    this.interval = interval;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * From call to call, as the configuration has it, or the address of the server when it has not.
   */
  static Duration interval(SyncConfig sync, OdooConfig odoo) {
    var perSecond = sync.callsPerSecond().orElse(isOdooOnline(odoo.url()) ? ODOO_ONLINE : NO_LIMIT);
    return Duration.ofNanos(Math.round(Duration.ofSeconds(1).toNanos() / perSecond));
  }

  private static boolean isOdooOnline(Optional<URI> url) {
    return url.map(URI::getHost)
        .map(host -> host.toLowerCase(Locale.ROOT))
        .filter(host -> host.equals("odoo.com") || host.endsWith(".odoo.com"))
        .isPresent();
  }

  /** From the beginning of one call to the beginning of the next, at the least. */
  Duration interval() {
    return interval;
  }

  /**
   * Waits until a call may be made, without time limit.
   *
   * @return false when it may not be made at all, because the daemon stops
   */
  boolean awaitTurn() {
    Duration pause;
    synchronized (this) {
      if (closed) {
        return false;
      }
      pause = takeTurn();
      if (pause.isZero()) {
        return true;
      }
      waiting.add(Thread.currentThread());
    }
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException e) {
      return false;
    } finally {
      leave();
    }
    return !isClosed();
  }

  /** Takes the next turn, and says how long it is until then. */
  synchronized Duration takeTurn() {
    var now = clock.instant();
    // a turn that lies further away than the turns of those who wait was taken before the clock was
    // set back
    var latest = now.plus(interval.multipliedBy(waiting.size() + 1L));
    var turn = nextTurn.isBefore(now) || nextTurn.isAfter(latest) ? now : nextTurn;
    nextTurn = turn.plus(interval);
    return Duration.between(now, turn);
  }

  private synchronized void leave() {
    waiting.remove(Thread.currentThread());
  }

  /** Whether no call may be made any more. */
  synchronized boolean isClosed() {
    return closed;
  }

  /**
   * Lets no call be made any more. Those that wait give up at once; a call that has had its turn is
   * not touched.
   */
  synchronized void close() {
    closed = true;
    waiting.forEach(Thread::interrupt);
  }
}
