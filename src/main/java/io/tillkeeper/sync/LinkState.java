package io.tillkeeper.sync;

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
   * @param nextTryAt when Odoo is tried again; null when it is not, by the operator's will
   */
  record Down(Instant since, LinkCause cause, @Nullable Instant nextTryAt) implements LinkState {}

  /**
   * Odoo can be reached but takes nothing until a person changes something.
   *
   * @param nextTryAt when Odoo is tried again; null when it is not, by the operator's will
   */
  record Blocked(Instant since, LinkCause cause, @Nullable Instant nextTryAt)
      implements LinkState {}

  /** Why it is not up; empty when it is. */
  default Optional<LinkCause> why() {
    return switch (this) {
      case Up up -> Optional.empty();
      case Down down -> Optional.of(down.cause());
      case Blocked blocked -> Optional.of(blocked.cause());
    };
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
      case Down down -> down.cause().sentence();
      case Blocked blocked -> blocked.cause().sentence();
    };
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
