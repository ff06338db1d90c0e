package io.tillkeeper.sync;

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
  private final boolean configured;

  private LinkState state;
  private @Nullable OdooServer server;
  private int failuresInARow;

  Link(OdooConfig odoo, SyncConfig sync, InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.backoff = new Backoff(sync.backoff(), sync.longestBackoff(), random);
    this.configured = odoo.url().isPresent();
    var now = clock.instant();
    this.state =
        configured
            ? new LinkState.Down(now, LinkCause.STARTING, now)
            : new LinkState.Blocked(now, LinkCause.NOT_CONFIGURED, null);
  }

  /** Whether there is an Odoo to deliver to at all. */
  boolean isConfigured() {
    return configured;
  }

  /** How the link is now. */
  public synchronized LinkState state() {
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

  /** Odoo answered. */
  synchronized void answered() {
    failuresInARow = 0;
    if (!(state instanceof LinkState.Up)) {
      state = new LinkState.Up(clock.instant());
      LOG.info("The link to Odoo is up; what is queued is being sent.");
    }
  }

  /** Odoo did not answer. */
  synchronized void lost(LinkLost loss) {
    var now = clock.instant();
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
    if (configured && state.why().filter(LinkCause.OFFLINE_MODE::equals).isEmpty()) {
      become(LinkCause.OFFLINE_MODE, null);
    }
  }

  /** The operator wants Odoo to be called, again or as before. */
  synchronized void enter() {
    if (state.why().filter(LinkCause.OFFLINE_MODE::equals).isPresent()) {
      state = new LinkState.Down(state.since(), LinkCause.STARTING, clock.instant());
    }
    hasten();
  }

  /** Somebody wants Odoo to be tried at once; that does not end airplane mode. */
  synchronized void hasten() {
    var now = clock.instant();
    switch (state) {
      case LinkState.Up up -> {}
      case LinkState.Down down -> {
        if (down.cause() != LinkCause.OFFLINE_MODE) {
          state = new LinkState.Down(down.since(), down.cause(), now);
        }
      }
      case LinkState.Blocked blocked ->
          state = new LinkState.Blocked(blocked.since(), blocked.cause(), configured ? now : null);
    }
  }

  /**
   * How long until Odoo is to be tried again, zero when now; empty when it is not, or need not be
   * because the link is up.
   */
  synchronized Optional<Duration> untilNextTry() {
    var now = clock.instant();
    return state
        .nextTry()
        .map(next -> next.isAfter(now) ? Duration.between(now, next) : Duration.ZERO);
  }
}
