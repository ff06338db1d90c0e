package io.tillkeeper.sync;

import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooGateway;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The line to Odoo for one round: once it is lost, nothing more is tried on it. */
final class RoundLine {

  private final GuardedOdoo odoo;
  private @Nullable LinkLost loss;

  RoundLine(GuardedOdoo odoo) {
    this.odoo = odoo;
  }

  /** Whether the line was lost in this round, or no more calls are to be made. */
  boolean isLost() {
    return loss != null || !odoo.takesCalls();
  }

  /**
   * Makes one call.
   *
   * @throws LinkLost when there is no answer of Odoo's, or the line was lost before
   */
  <T> T call(Function<OdooGateway, T> request) {
    if (loss != null) {
      throw loss;
    }
    try {
      return odoo.call(request);
    } catch (LinkLost lost) {
      loss = lost;
      throw lost;
    }
  }
}
