package io.tillkeeper.sync;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the way to Odoo. Lives in memory only: after a start it is down until Odoo has
 * been tried.
 *
 * <p>Deliveries go by what it really is, {@link #state()}; people are told what it is {@link
 * #shown()} as, which is calmer where the line flaps.
 *
 * <p>Thread-safe; moved by {@link GuardedOdoo}, read by everyone.
 */
@ApplicationScoped
public class Link {

  private static final Logger LOG = Logger.getLogger(Link.class);

  /** Another network of the box could end these. */
  private static final Set<LinkCause> MAYBE_THE_NETWORK =
      EnumSet.of(
          LinkCause.NO_NETWORK,
          LinkCause.DNS,
          LinkCause.REFUSED,
          LinkCause.TIMEOUT,
          LinkCause.BROKEN,
          LinkCause.CAPTIVE_PORTAL);

  private final InstantSource clock;
  private final Backoff backoff;
  private final StartWindow startWindow;
  private final boolean configured;
  private final Steadiness steadiness = new Steadiness();
  private final LinkLog log;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  private LinkState state;
  private LinkState told;
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
            ? LinkState.notUp(now, Diagnosis.of(LinkCause.STARTING), now)
            : LinkState.notUp(now, Diagnosis.of(LinkCause.NOT_CONFIGURED), null);
    this.told = state;
    this.log = new LinkLog(state);
  }

  /**
   * Registers somebody who wants to know when what is shown may have changed, the time of the next
   * try included.
   *
   * @param listener is called without a lock, by the thread that moved the link: it must be quick,
   *     and throw nothing
   */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  private void move(Runnable step) {
    boolean news;
    synchronized (this) {
      step.run();
      news = isNews();
    }
    if (news) {
      tell();
    }
  }

  private boolean isNews() {
    var shown = shown();
    if (shown.equals(told)) {
      return false;
    }
    told = shown;
    log.lineFor(shown, clock.instant()).ifPresent(line -> line.writeTo(LOG));
    return true;
  }

  /** Tells those who listen, whatever it is that changed. */
  void tell() {
    listeners.forEach(Runnable::run);
  }

  /** Notices what changed by the mere passing of time. */
  void look() {
    move(() -> {});
  }

  /** How the link is to be shown: as it is, unless it comes and goes. */
  public synchronized LinkState shown() {
    return steadiness.shown(state(), clock.instant());
  }

  /** How long until what is shown changes by the mere passing of time; empty when it does not. */
  public synchronized Optional<Duration> untilShownChanges() {
    var startsAt = state() instanceof LinkState.Up up ? up.startsAt() : null;
    return Stream.concat(steadiness.endsAt(clock.instant()).stream(), Stream.ofNullable(startsAt))
        .min(Comparator.naturalOrder())
        .map(this::until);
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

  /** How the link really is now. */
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

  void introduced(OdooServer other) {
    synchronized (this) {
      if (other.equals(server)) {
        return;
      }
      server = other;
    }
    tell();
  }

  /** Odoo answered; what was asked before the operator went offline changes nothing. */
  void answered() {
    move(
        () -> {
          if (!isLeft()) {
            failuresInARow = 0;
            comeUp();
          }
        });
  }

  private void comeUp() {
    if (state instanceof LinkState.Up) {
      return;
    }
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

  /** Odoo did not answer; what was asked before the operator went offline changes nothing. */
  void lost(LinkLost loss) {
    move(
        () -> {
          if (!isLeft()) {
            goDown(loss);
          }
        });
  }

  private void goDown(LinkLost loss) {
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
    LOG.debugf("Odoo: %s: %s; next try in %s", loss.linkCause().code(), loss.getMessage(), pause);
  }

  private void become(Diagnosis diagnosis, @Nullable Instant nextTryAt) {
    var same = state.why().filter(diagnosis.cause()::equals).isPresent();
    state = LinkState.notUp(same ? state.since() : clock.instant(), diagnosis, nextTryAt);
  }

  /** The operator does not want Odoo to be called. */
  void leave() {
    move(
        () -> {
          if (configured && !isLeft()) {
            become(Diagnosis.of(LinkCause.OFFLINE_MODE), null);
            lostAt = null; // what the operator wants is no outage
            steadiness.forget();
          }
        });
  }

  /** The operator wants Odoo to be called, again or as before. */
  void enter() {
    move(
        () -> {
          if (isLeft()) {
            become(Diagnosis.of(LinkCause.STARTING), clock.instant());
          }
          tryNow();
        });
  }

  /**
   * Somebody wants Odoo to be tried, and to be sent to, at once; that does not end airplane mode.
   */
  void hasten() {
    move(this::tryNow);
  }

  private void tryNow() {
    if (state instanceof LinkState.Up up) {
      startNow(up);
    } else if (configured && !isLeft()) {
      state.found().ifPresent(diagnosis -> become(diagnosis, clock.instant()));
      hurried = true;
    }
  }

  /** Whether another network of the box could bring the link back. */
  synchronized boolean mayNeedNetwork() {
    return state.why().filter(MAYBE_THE_NETWORK::contains).isPresent();
  }

  /** The box has another network: Odoo is tried at once, and the pauses are short again. */
  void networkCameBack() {
    move(
        () -> {
          if (mayNeedNetwork()) {
            failuresInARow = 0;
            state.found().ifPresent(diagnosis -> become(diagnosis, clock.instant()));
          }
        });
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
