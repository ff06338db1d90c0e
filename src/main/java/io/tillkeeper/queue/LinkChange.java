package io.tillkeeper.queue;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * From when on the link was shown in a state.
 *
 * @param at by the clock of the box at that time, which may have been wrong
 * @param state {@code up}, {@code down} or {@code blocked}, or {@value #OFF}
 * @param cause the code of why it was not up; null when it was
 */
public record LinkChange(Instant at, String state, @Nullable String cause) {

  /** The daemon did not run. */
  public static final String OFF = "off";

  /** Whether it says the same of the link as another. */
  public boolean isLike(LinkChange other) {
    return state.equals(other.state) && Objects.equals(cause, other.cause);
  }
}
