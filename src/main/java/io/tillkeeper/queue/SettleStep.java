package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Writes down how one delivery ended, within a transaction of its caller's. */
@ApplicationScoped
class SettleStep {

  private final CustomerRows customers;
  private final Settings settings;
  private final InstantSource clock;

  SettleStep(CustomerRows customers, Settings settings, InstantSource clock) {
    this.customers = customers;
    this.settings = settings;
    this.clock = clock;
  }

  void settle(OperationRow row, Outcome outcome) {
    if (!(row.state() instanceof OperationState.Sending sending)) {
      throw new IllegalStateException(
          "operation " + row.seq + " is not being sent but " + row.state);
    }
    var now = clock.instant();
    switch (outcome) {
      case Outcome.Delivered delivered -> {
        row.moveTo(sending.delivered(now, delivered.odooId()));
        row.remember(now, "delivered", null);
        inOdoo(row, delivered.odooId());
        settings.countUp(Settings.DELIVERED_TOTAL);
      }
      case Outcome.Held held -> {
        row.moveTo(sending.held(now, held.hold()));
        row.remember(now, "held", held.hold().reason().code());
      }
      case Outcome.Unavailable unavailable -> {
        row.moveTo(sending.unavailable(now, unavailable.notBefore()));
        row.remember(now, "unavailable", unavailable.cause());
      }
    }
  }

  private void inOdoo(OperationRow row, long odooId) {
    var customer = customers.findById(row.ref);
    customers.link(customer, odooId);
    customer.known = known(customer.known, Content.read(row.content));
  }

  /**
   * What Odoo has now as far as can be told; null when that would not fit in its column, which
   * takes many updates of very long texts: the customer is then known only by what comes next.
   */
  private static @Nullable String known(@Nullable String before, CustomerChange delivered) {
    var older =
        before == null ? new CustomerChange(CustomerValues.NONE, null) : Content.read(before);
    var all = older.overlaidWith(delivered);
    var known = Content.write(new CustomerChange(all.values().withoutEmpty(), all.parentRef()));
    return known.length() <= Content.LONGEST ? known : null;
  }
}
