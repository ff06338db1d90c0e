package io.tillkeeper.sync;

import static java.time.temporal.ChronoUnit.MILLIS;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooGateway;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

/**
 * Every call to Odoo goes through here: in its turn, within a time limit, and past a circuit
 * breaker whose changes are what moves the {@link Link}. Only a lost link counts as a failure; an
 * answer of Odoo's, a refusal included, does not.
 *
 * <p>When to try again is the link's business, by its own clock; so the breaker, once open, lets
 * the next call through as its trial.
 */
@ApplicationScoped
public class GuardedOdoo {

  private static final String BREAKER = "odoo";

  /**
   * One loss is enough: what is queued is safe, and each further call would only make a lane wait
   * for the time limit.
   */
  private static final int LOSSES_TO_OPEN = 1;

  /** A call may have to ask for the version and to log in before it does its work. */
  private static final int REQUESTS_PER_CALL = 3;

  private final OdooGateway odoo;
  private final Link link;
  private final CallPace pace;
  private final TypedGuard<Object> guard;
  private final AtomicReference<LinkLost> lastLoss =
      new AtomicReference<>(new LinkLost(LinkCause.TIMEOUT, "no answer in time", null, null));
  private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();
  private final Duration timeLimit;
  private volatile CircuitBreakerState breaker = CircuitBreakerState.CLOSED;
  private volatile long lastStep = System.nanoTime();

  @Inject
  GuardedOdoo(OdooGateway odoo, Link link, CallPace pace, OdooConfig config) {
    this(odoo, link, pace, config, BREAKER);
  }

  /**
   * @param name the circuit breaker's, of which there is one in a process
   */
  GuardedOdoo(OdooGateway odoo, Link link, CallPace pace, OdooConfig config, String name) {
    this.odoo = odoo;
    this.link = link;
    this.pace = pace;
    this.timeLimit = config.timeout().multipliedBy(REQUESTS_PER_CALL);
    this.guard =
        TypedGuard.create(Object.class)
            .withTimeout()
            .duration(timeLimit.toMillis(), MILLIS)
            .done()
            .withCircuitBreaker()
            .name(name)
            .failOn(List.of(LinkLost.class, TimeoutException.class))
            .requestVolumeThreshold(LOSSES_TO_OPEN)
            .failureRatio(1)
            .delay(0, MILLIS)
            .onStateChange(this::breakerMoved)
            .onSuccess(this::answered)
            .done()
            .build();
  }

  /**
   * Makes one call. It runs in a thread of its own: the time limit interrupts its thread, and an
   * interrupted thread that then writes to the database would close the database's file.
   *
   * @throws LinkLost when there is no answer of Odoo's; {@link #wasMade} tells whether it was asked
   */
  <T> T call(Function<OdooGateway, T> request) {
    try {
      return calls.submit(() -> guarded(request)).get();
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case RuntimeException cause -> cause;
        case InterruptedException cause ->
            new LinkLost(LinkCause.TIMEOUT, "broken off", cause, null);
        case null, default -> new IllegalStateException(e);
      };
    } catch (RejectedExecutionException e) {
      throw notMade();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the worker", e);
    } finally {
      lastStep = System.nanoTime();
    }
  }

  /** How long ago the last call ended, by a clock that nobody sets. */
  Duration sinceLastCall() {
    return Duration.ofNanos(System.nanoTime() - lastStep);
  }

  /** How long a call takes at the most, the wait for its turn included. */
  Duration longestCall() {
    return timeLimit.plus(pace.interval());
  }

  private <T> T guarded(Function<OdooGateway, T> request) {
    // outside of the time limit, which is for Odoo
    if (!pace.awaitTurn() || link.isLeft()) {
      throw notMade();
    }
    var answer = new AtomicReference<T>();
    try {
      guard.get(
          () -> {
            answer.set(remembering(request));
            return BREAKER;
          });
      return answer.get();
    } catch (TimeoutException | CircuitBreakerOpenException e) {
      throw lastLoss.get();
    }
  }

  /**
   * The word for the state of the circuit breaker: closed; open until Odoo is to be tried again;
   * half-open when the next call, or the one under way, is that trial. The library's breaker would
   * let it through at any time, so when it may be made is the link's word.
   */
  public String breaker() {
    if (breaker == CircuitBreakerState.CLOSED) {
      return "closed";
    }
    return link.untilNextTry().filter(Duration::isZero).isPresent() ? "half-open" : "open";
  }

  /** Whether calls are made now: not when the daemon stops, nor in airplane mode. */
  boolean takesCalls() {
    return !pace.isClosed() && !link.isLeft();
  }

  private static LinkLost notMade() {
    return new LinkLost(LinkCause.STARTING, "no call is to be made any more", null, null);
  }

  /** Whether the call was made at all: one that was not has done nothing in Odoo. */
  static boolean wasMade(LinkLost loss) {
    return loss.linkCause() != LinkCause.STARTING;
  }

  /** Makes no more calls; those under way go on to their end. */
  void stopSoon() {
    pace.close();
  }

  /**
   * Breaks off the calls under way and makes no more: what they were for is sent again after the
   * next start.
   */
  @PreDestroy
  void breakOff() {
    stopSoon();
    calls.shutdownNow();
  }

  private <T> T remembering(Function<OdooGateway, T> request) {
    try {
      return request.apply(odoo);
    } catch (LinkLost loss) {
      lastLoss.set(loss);
      throw loss;
    }
  }

  private void breakerMoved(CircuitBreakerState now) {
    breaker = now;
    switch (now) {
      case OPEN -> link.lost(lastLoss.get());
      case CLOSED -> link.answered();
      case HALF_OPEN -> {} // the trial tells
    }
  }

  /** The breaker is closed from the start, so the first answer is no change of it. */
  private void answered() {
    if (breaker == CircuitBreakerState.CLOSED) {
      link.answered();
    }
  }
}
