package io.tillkeeper.sync;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is shown of the link calm while the line flaps: a link that was lost {@link #LOSSES}
 * times within {@link #SPAN} is shown as unsteady, and as what it really is again when it has
 * stayed up, or stayed down, for {@link #QUIET}. Deliveries do not wait for that.
 *
 * <p>Not thread-safe: the {@link Link} guards it. A clock that is set back ends unsteadiness.
 */
final class Steadiness {

  /** A line that is lost once or twice is shown as it is: that is news, not noise. */
  static final int LOSSES = 3;

  /** As long as a cashier remembers that it has just been down. */
  static final Duration SPAN = Duration.ofMinutes(1);

  /** Longer than the first tries after a loss are apart, so that those do not count as calm. */
  static final Duration QUIET = Duration.ofSeconds(15);

  private final Deque<Instant> losses = new ArrayDeque<>();
  private @Nullable Instant unsteadySince;
  private Instant movedAt = Instant.MIN;

  /** The link was up, and is not any more. */
  void lost(Instant now) {
    moved(now);
    losses.addLast(now);
    if (losses.size() > LOSSES) {
      losses.removeFirst();
    }
    var span = Duration.between(losses.getFirst(), now);
    if (losses.size() == LOSSES && !span.isNegative() && span.compareTo(SPAN) <= 0) {
      unsteadySince = unsteadySince == null ? now : unsteadySince;
    }
  }

  /** The link was down, and is up. */
  void found(Instant now) {
    moved(now);
  }

  private void moved(Instant now) {
    if (endsAt(now).isEmpty()) {
      unsteadySince = null;
    }
    movedAt = now;
  }

  /** What was before counts no more. */
  void forget() {
    losses.clear();
    unsteadySince = null;
  }

  /** When what is really there is shown again, if nothing moves until then; empty when it is. */
  Optional<Instant> endsAt(Instant now) {
    return Optional.ofNullable(unsteadySince)
        .map(since -> movedAt.plus(QUIET))
        .filter(end -> now.isBefore(end) && !now.isBefore(movedAt));
  }

  /** What is to be shown in the place of what is really there. */
  LinkState shown(LinkState real, Instant now) {
    if (unsteadySince == null || endsAt(now).isEmpty()) {
      return real;
    }
    var nextTryAt = real instanceof LinkState.Up ? null : real.nextTry().orElse(null);
    return LinkState.notUp(unsteadySince, Diagnosis.of(LinkCause.UNSTEADY), nextTryAt);
  }
}
