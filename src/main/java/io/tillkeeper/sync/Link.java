package io.tillkeeper.sync;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way to Odoo. Lives in memory only: after a start it is down until Odoo has
 * been tried.
 *
 * <p>Thread-safe; moved by {@link GuardedOdoo}, read by everyone.
 */
@ApplicationScoped
public class Link {

  private static final Logger LOG = Logger.getLogger(Link.class);

  private final InstantSource clock;
  private final Backoff backoff;
  private final StartWindow startWindow;
  private final boolean configured;

  private LinkState state;
  private @Nullable OdooServer server;
  private int failuresInARow;

  /** When the outage began; it lasts until deliveries may begin again. */
  private @Nullable Instant lostAt;

  /** Somebody wants no wait; until Odoo has answered, or has not. */
  private boolean hurried;

  Link(OdooConfig odoo, SyncConfig sync, InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.backoff = new Backoff(sync.backoff(), sync.longestBackoff(), random);
    this.startWindow = new StartWindow(sync.longestStartWindow(), random);
    this.configured = odoo.url().isPresent();
    var now = clock.instant();
    this.state =
        configured
            ? new LinkState.Down(now, LinkCause.STARTING, now)
            : new LinkState.Blocked(now, LinkCause.NOT_CONFIGURED, null);
  }

  private static boolean isLeft(LinkState state) {
    return state.why().filter(LinkCause.OFFLINE_MODE::equals).isPresent();
  }

  /** Whether the operator does not want Odoo to be called. */
  synchronized boolean isLeft() {
    return isLeft(state);
  }

  /** Whether there is an Odoo to deliver to at all. */
  boolean isConfigured() {
    return configured;
  }

  /** How the link is now. */
  public synchronized LinkState state() {
    if (state instanceof LinkState.Up up && up.startsAt() != null) {
      var wait = until(up.startsAt());
      if (wait.isZero() || startWindow.isTooLong(wait)) {
        startNow(up);
      }
    }
    return state;
  }

  /** Whether Odoo took the last call. */
  public boolean isUp() {
    return state() instanceof LinkState.Up;
  }

  /** The Odoo at the other end, as it last introduced itself; empty when it has not yet. */
  public synchronized Optional<OdooServer> server() {
    return Optional.ofNullable(server);
  }

  synchronized void introduced(OdooServer other) {
    server = other;
  }

  /** Odoo answered; what was asked before the operator went offline changes nothing. */
  synchronized void answered() {
    if (isLeft()) {
      return;
    }
    failuresInARow = 0;
    if (!(state instanceof LinkState.Up)) {
      comeUp();
    }
  }

  private void comeUp() {
    var now = clock.instant();
    var outage = lostAt == null ? Duration.ZERO : Duration.between(lostAt, now);
    var wait = hurried ? Duration.ZERO : startWindow.after(outage);
    hurried = false;
    if (wait.isZero()) {
      startNow(new LinkState.Up(now, null));
      LOG.info("The link to Odoo is up; what is queued is being sent.");
    } else {
      state = new LinkState.Up(now, now.plus(wait));
      LOG.infof(
          "The link to Odoo is up after %s; what is queued is sent in %s, since other terminals"
              + " come back too.",
          outage.truncatedTo(SECONDS), wait.truncatedTo(SECONDS));
    }
  }

  private void startNow(LinkState.Up up) {
    state = new LinkState.Up(up.since(), null);
    lostAt = null;
  }

  /** Odoo did not answer; what was asked before the operator went offline changes nothing. */
  synchronized void lost(LinkLost loss) {
    if (isLeft()) {
      return;
    }
    var now = clock.instant();
    // a link that is lost before deliveries have begun was not back: the outage goes on
    if (state() instanceof LinkState.Up up && up.startsAt() == null || lostAt == null) {
      lostAt = now;
    }
    hurried = false;
    var pause =
        Optional.ofNullable(loss.retryAfter()).orElseGet(() -> backoff.after(failuresInARow));
    failuresInARow++;
    become(loss.linkCause(), now.plus(pause));
    LOG.debugf("Odoo: %s: %s; next try in %s", loss.linkCause().code(), loss.getMessage(), pause);
  }

  private void become(LinkCause cause, @Nullable Instant nextTryAt) {
    var same = state.why().filter(cause::equals).isPresent();
    var since = same ? state.since() : clock.instant();
    if (!same) {
      LOG.warnf(
          "The link to Odoo is not up: %s (%s). Accepting goes on.",
          cause.sentence(), cause.code());
    }
    state =
        cause.blocked()
            ? new LinkState.Blocked(since, cause, nextTryAt)
            : new LinkState.Down(since, cause, nextTryAt);
  }

  /** The operator does not want Odoo to be called. */
  synchronized void leave() {
    if (configured && !isLeft()) {
      become(LinkCause.OFFLINE_MODE, null);
      lostAt = null; // what the operator wants is no outage
    }
  }

  /** The operator wants Odoo to be called, again or as before. */
  synchronized void enter() {
    if (isLeft()) {
      state = new LinkState.Down(state.since(), LinkCause.STARTING, clock.instant());
    }
    hasten();
  }

  /**
   * Somebody wants Odoo to be tried, and to be sent to, at once; that does not end airplane mode.
   */
  synchronized void hasten() {
    var now = clock.instant();
    switch (state) {
      case LinkState.Up up -> startNow(up);
      case LinkState.Down down -> {
        if (down.cause() != LinkCause.OFFLINE_MODE) {
          state = new LinkState.Down(down.since(), down.cause(), now);
          hurried = true;
        }
      }
      case LinkState.Blocked blocked -> {
        state = new LinkState.Blocked(blocked.since(), blocked.cause(), configured ? now : null);
        hurried = true;
      }
    }
  }

  /**
   * How long until Odoo is to be tried again, zero when now; empty when it is not, or need not be
   * because the link is up.
   */
  synchronized Optional<Duration> untilNextTry() {
    return isUp() ? Optional.empty() : state.nextTry().map(this::until);
  }

  /** How long until deliveries may begin, while the link is up; zero when they may. */
  synchronized Duration untilStart() {
    return state() instanceof LinkState.Up up && up.startsAt() != null
        ? until(up.startsAt())
        : Duration.ZERO;
  }

  private Duration until(Instant moment) {
    var now = clock.instant();
    return moment.isAfter(now) ? Duration.between(now, moment) : Duration.ZERO;
  }
}
