package io.tillkeeper.odoo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the link is not up, as exactly as it is known.
 *
 * @param detail what is known beyond the cause; null when nothing is
 */
public record Diagnosis(LinkCause cause, @Nullable LinkDetail detail) {

  public Diagnosis {
    if (detail != null && detail.cause() != cause) {
      throw new IllegalArgumentException(detail + " is no case of " + cause);
    }
  }

  /** Nothing is known beyond the cause. */
  public static Diagnosis of(LinkCause cause) {
    return new Diagnosis(cause, null);
  }

  static Diagnosis of(LinkDetail detail) {
    return new Diagnosis(detail.cause(), detail);
  }

  /** Where on the way it is; empty when it is about none of it. */
  public Optional<Hop> hop() {
    return detail == null ? cause.hop() : Optional.of(detail.hop());
  }

  /** One plain sentence for the cashier. */
  public String sentence() {
    return detail == null ? cause.sentence() : detail.sentence();
  }

  /** What a technician should look at. */
  public String hint() {
    return detail == null ? cause.hint() : detail.hint();
  }

  /** Whether a wrong clock of this box may be why. */
  public boolean clockSuspected() {
    return detail != null && detail.clockSuspected();
  }
}
