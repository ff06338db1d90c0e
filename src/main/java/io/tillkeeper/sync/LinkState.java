package io.tillkeeper.sync;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.Hop;
import io.tillkeeper.odoo.LinkCause;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The way to Odoo as it is now. */
public sealed interface LinkState {

  /** Since when it is so. */
  Instant since();

  /**
   * Odoo takes deliveries.
   *
   * @param startsAt when they begin, after a long outage; null when they may go at any time
   */
  record Up(Instant since, @Nullable Instant startsAt) implements LinkState {}

  /**
   * Odoo cannot be reached; that may end by itself.
   *
   * @param nextTryAt when Odoo is tried again; null when it is not, by the operator's will, or need
   *     not be
   */
  record Down(Instant since, Diagnosis diagnosis, @Nullable Instant nextTryAt)
      implements LinkState {}

  /**
   * Odoo can be reached but takes nothing until a person changes something.
   *
   * @param nextTryAt when Odoo is tried again; null when it is not, by the operator's will
   */
  record Blocked(Instant since, Diagnosis diagnosis, @Nullable Instant nextTryAt)
      implements LinkState {}

  /** What is known of a hop. */
  enum HopState {
    /** It is not what is wrong. */
    OK("ok"),
    /** It is what is wrong. */
    FAILED("failed"),
    /** The way was not gone as far as that. */
    UNKNOWN("unknown");

    private final String code;

    HopState(String code) {
      this.code = code;
    }

    /** The word for it in the API. */
    public String code() {
      return code;
    }
  }

  /** A link that is not up, for this reason. */
  static LinkState notUp(Instant since, Diagnosis diagnosis, @Nullable Instant nextTryAt) {
    return diagnosis.cause().blocked()
        ? new Blocked(since, diagnosis, nextTryAt)
        : new Down(since, diagnosis, nextTryAt);
  }

  /** Why it is not up, as exactly as it is known; empty when it is. */
  default Optional<Diagnosis> found() {
    return switch (this) {
      case Up up -> Optional.empty();
      case Down down -> Optional.of(down.diagnosis());
      case Blocked blocked -> Optional.of(blocked.diagnosis());
    };
  }

  /** Why it is not up; empty when it is. */
  default Optional<LinkCause> why() {
    return found().map(Diagnosis::cause);
  }

  /**
   * When Odoo is tried again or, where the link is up again, deliveries begin; empty when there is
   * nothing to wait for, or Odoo is not to be called.
   */
  default Optional<Instant> nextTry() {
    return switch (this) {
      case Up up -> Optional.ofNullable(up.startsAt());
      case Down down -> Optional.ofNullable(down.nextTryAt());
      case Blocked blocked -> Optional.ofNullable(blocked.nextTryAt());
    };
  }

  /** One plain sentence for the cashier. */
  default String sentence() {
    return switch (this) {
      case Up up when up.startsAt() != null ->
          "Odoo is back. This till begins to send in a moment, so that not all tills do at once.";
      case Up up -> "Odoo takes what is sent.";
      case Down down -> down.diagnosis().sentence();
      case Blocked blocked -> blocked.diagnosis().sentence();
    };
  }

  /** What a technician should look at; empty when nothing is wrong. */
  default Optional<String> hint() {
    return found().map(Diagnosis::hint);
  }

  /** What is known of a stretch of the way: those before the one that failed are well. */
  default HopState at(Hop hop) {
    return switch (this) {
      case Up up -> HopState.OK;
      case Down down -> at(hop, down.diagnosis());
      case Blocked blocked -> at(hop, blocked.diagnosis());
    };
  }

  private static HopState at(Hop hop, Diagnosis diagnosis) {
    return diagnosis
        .hop()
        .filter(failed -> hop.compareTo(failed) <= 0)
        .map(failed -> hop == failed ? HopState.FAILED : HopState.OK)
        .orElse(HopState.UNKNOWN);
  }

  /** The word for it in the API and in logs. */
  default String code() {
    return switch (this) {
      case Up up -> "up";
      case Down down -> "down";
      case Blocked blocked -> "blocked";
    };
  }
}
