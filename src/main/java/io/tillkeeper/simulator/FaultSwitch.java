package io.tillkeeper.simulator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fault that is on, if any, and whom it meets. */
final class FaultSwitch {

  /**
   * A fault as it was switched on.
   *
   * @param left how many requests it still meets; negative for all
   * @param only the one call that it meets, such as {@code res.partner.load}; null for all
   */
  record Active(Fault fault, int left, @Nullable String only) {}

  private @Nullable Active active;

  synchronized void set(Fault fault, int times, @Nullable String only) {
    active = new Active(fault, times, only);
  }

  synchronized void clear() {
    active = null;
  }

  synchronized Optional<Active> active() {
    return Optional.ofNullable(active);
  }

  /** The fault that this request meets; it uses up one time. */
  synchronized Optional<Fault> meet(Incoming incoming) {
    Active now = active;
    if (now == null || !meets(now, incoming)) {
      return Optional.empty();
    }
    if (now.left() > 0) {
      active = now.left() == 1 ? null : new Active(now.fault(), now.left() - 1, now.only());
    }
    return Optional.of(now.fault());
  }

  private static boolean meets(Active now, Incoming incoming) {
    String name = incoming.received().name();
    if (now.only() != null && !now.only().equals(name)) {
      return false;
    }
    return switch (now.fault()) {
      case Fault.WrongKey f -> incoming.modelCall() || isLogin(name);
      case Fault.DatabaseDown f ->
          incoming.modelCall() || isLogin(name) || name.equals("/web/health");
      case Fault.OfTransactions f -> incoming.modelCall();
      case Fault.OfStrangers f -> true;
      case Fault.Slow f -> true;
      case Fault.Refuse f -> true;
    };
  }

  private static boolean isLogin(String name) {
    return name.equals("common.authenticate") || name.equals("common.login");
  }
}
