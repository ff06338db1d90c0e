package io.tillkeeper.sync;

import static java.util.Comparator.naturalOrder;

import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooServer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
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
 * #shown()} as, which is calmer where the line flaps (see {@link Steadiness}).
 *
 * <p>Thread-safe; moved by {@link GuardedOdoo}, read by everyone.
 */
@ApplicationScoped
public class Link {

  private static final Logger LOG = Logger.getLogger(Link.class);

  private final InstantSource clock;
  private final boolean configured;
  private final LinkMachine machine;
  private final LinkLog log;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private LinkState told;
  private @Nullable OdooServer server;

  Link(OdooConfig odoo, SyncConfig sync, InstantSource clock, RandomGenerator random) {
    this.clock = clock;
    this.configured = odoo.url().isPresent();
    this.machine = new LinkMachine(configured, sync, clock, random);
    this.told = machine.shown();
    this.log = new LinkLog(told);
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
    var shown = machine.shown();
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

  /** How the link really is now. */
  public synchronized LinkState state() {
    return machine.state();
  }

  /** How the link is to be shown: as it is, unless it comes and goes. */
  public synchronized LinkState shown() {
    return machine.shown();
  }

  /** How long until what is shown changes by the mere passing of time; empty when it does not. */
  public synchronized Optional<Duration> untilShownChanges() {
    var startsAt = machine.state() instanceof LinkState.Up up ? up.startsAt() : null;
    return Stream.concat(machine.unsteadyUntil().stream(), Stream.ofNullable(startsAt))
        .min(naturalOrder())
        .map(machine::until);
  }

  /** Whether Odoo took the last call. */
  public boolean isUp() {
    return state() instanceof LinkState.Up;
  }

  /** Whether there is an Odoo to deliver to at all. */
  boolean isConfigured() {
    return configured;
  }

  /** Whether the operator does not want Odoo to be called. */
  synchronized boolean isLeft() {
    return machine.isLeft();
  }

  /** Whether another network of the box could bring the link back. */
  synchronized boolean mayNeedNetwork() {
    return machine.mayNeedNetwork();
  }

  /**
   * How long until Odoo is to be tried again, zero when now; empty when it is not, or need not be
   * because the link is up.
   */
  synchronized Optional<Duration> untilNextTry() {
    return isUp() ? Optional.empty() : machine.state().nextTry().map(machine::until);
  }

  /** How long until deliveries may begin, while the link is up; zero when they may. */
  synchronized Duration untilStart() {
    return machine.state() instanceof LinkState.Up up && up.startsAt() != null
        ? machine.until(up.startsAt())
        : Duration.ZERO;
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
    move(machine::answered);
  }

  /** Odoo did not answer; what was asked before the operator went offline changes nothing. */
  void lost(LinkLost loss) {
    LOG.debugf("Lost: %s: %s", loss.linkCause().code(), loss.getMessage());
    move(() -> machine.lost(loss));
  }

  /** The operator does not want Odoo to be called. */
  void leave() {
    move(machine::leave);
  }

  /** The operator wants Odoo to be called, again or as before. */
  void enter() {
    move(machine::enter);
  }

  /**
   * Somebody wants Odoo to be tried, and to be sent to, at once; that does not end airplane mode.
   */
  void hasten() {
    move(machine::hasten);
  }

  /** The moment of the next try is one of a clock that there is no more. */
  void clockWasSetBack() {
    move(machine::clockWasSetBack);
  }

  /** The box has another network: Odoo is tried at once, and the pauses are short again. */
  void networkCameBack() {
    move(machine::networkCameBack);
  }
}
