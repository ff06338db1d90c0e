package io.tillkeeper.sync;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * How the link moves: what an answer, a loss, the operator and the network of the box change, and
 * when Odoo is tried again.
 *
 * <p>Not thread-safe: the {@link Link} guards it.
 */
final class LinkMachine {

  /** Another network of the box could end these. */
  private static final Set<LinkCause> MAYBE_THE_NETWORK =
      EnumSet.of(
          LinkCause.NO_NETWORK,
          LinkCause.DNS,
          LinkCause.REFUSED,
          LinkCause.TIMEOUT,
          LinkCause.BROKEN,
          LinkCause.TLS,
          LinkCause.PROXY,
          LinkCause.CAPTIVE_PORTAL);

  private final InstantSource clock;
  private final Backoff backoff;
  private final StartWindow startWindow;
  private final boolean configured;
  private final Steadiness steadiness = new Steadiness();

  private LinkState state;
  private int failuresInARow;

  /** When the outage began; it lasts until deliveries may begin again. */
  private @Nullable Instant lostAt;

  /** Somebody wants no wait; until Odoo has answered, or has not. */
  private boolean hurried;

  LinkMachine(boolean configured, SyncConfig sync, InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.backoff = new Backoff(sync.backoff(), sync.longestBackoff(), random);
    this.startWindow = new StartWindow(sync.longestStartWindow(), random);
    this.configured = configured;
    var now = clock.instant();
    this.state =
        configured
            ? LinkState.notUp(now, Diagnosis.of(LinkCause.STARTING), now)
            : LinkState.notUp(now, Diagnosis.of(LinkCause.NOT_CONFIGURED), null);
  }

  /** How the link really is now. */
  LinkState state() {
    if (state instanceof LinkState.Up up && up.startsAt() != null) {
      var wait = until(up.startsAt());
      if (wait.isZero() || startWindow.isTooLong(wait)) {
        startNow(up);
      }
    }
    return state;
  }

  /** How it is to be shown: as it is, unless it comes and goes. */
  LinkState shown() {
    return steadiness.shown(state(), clock.instant());
  }

  /** When what is shown is as it really is again, if nothing moves; empty when it is. */
  Optional<Instant> unsteadyUntil() {
    return steadiness.endsAt(clock.instant());
  }

  /** Whether the operator does not want Odoo to be called. */
  boolean isLeft() {
    return state.why().filter(LinkCause.OFFLINE_MODE::equals).isPresent();
  }

  void answered() {
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
    steadiness.found(now);
    if (wait.isZero()) {
      startNow(new LinkState.Up(now, null));
    } else {
      state = new LinkState.Up(now, now.plus(wait));
    }
  }

  private void startNow(LinkState.Up up) {
    state = new LinkState.Up(up.since(), null);
    lostAt = null;
  }

  void lost(LinkLost loss) {
    if (isLeft()) {
      return;
    }
    var now = clock.instant();
    // a link that is lost before deliveries have begun was not back: the outage goes on
    if (state() instanceof LinkState.Up up && up.startsAt() == null || lostAt == null) {
      lostAt = now;
    }
    if (state instanceof LinkState.Up) {
      steadiness.lost(now);
    }
    hurried = false;
    var pause =
        Optional.ofNullable(loss.retryAfter()).orElseGet(() -> backoff.after(failuresInARow));
    failuresInARow++;
    become(loss.diagnosis(), now.plus(pause));
  }

  private void become(Diagnosis diagnosis, @Nullable Instant nextTryAt) {
    var same = state.why().filter(diagnosis.cause()::equals).isPresent();
    state = LinkState.notUp(same ? state.since() : clock.instant(), diagnosis, nextTryAt);
  }

  void leave() {
    if (configured && !isLeft()) {
      become(Diagnosis.of(LinkCause.OFFLINE_MODE), null);
      lostAt = null; // what the operator wants is no outage
      steadiness.forget();
    }
  }

  void enter() {
    if (isLeft()) {
      become(Diagnosis.of(LinkCause.STARTING), clock.instant());
    }
    hasten();
  }

  void hasten() {
    if (state instanceof LinkState.Up up) {
      startNow(up);
    } else if (configured && !isLeft()) {
      tryNow();
      hurried = true;
    }
  }

  private void tryNow() {
    state.found().ifPresent(diagnosis -> become(diagnosis, clock.instant()));
  }

  void clockWasSetBack() {
    if (state.nextTry().isPresent() && !(state instanceof LinkState.Up)) {
      tryNow();
    }
  }

  boolean mayNeedNetwork() {
    return state.why().filter(MAYBE_THE_NETWORK::contains).isPresent();
  }

  void networkCameBack() {
    if (mayNeedNetwork()) {
      failuresInARow = 0;
      tryNow();
    }
  }

  /** How long until then; zero when it is past. */
  Duration until(Instant moment) {
    var now = clock.instant();
    return moment.isAfter(now) ? Duration.between(now, moment) : Duration.ZERO;
  }
}
