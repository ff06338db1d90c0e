package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.Identity;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** Writes down how one delivery ended, within a transaction of its caller's. */
@ApplicationScoped
class SettleStep {

  private final CustomerRows customers;
  private final Settings settings;
  private final Changes changes;
  private final Identity identity;
  private final InstantSource clock;

  SettleStep(
      CustomerRows customers,
      Settings settings,
      Changes changes,
      Identity identity,
      InstantSource clock) {
    this.customers = customers;
    this.settings = settings;
    this.changes = changes;
    this.identity = identity;
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
        inOdoo(row, delivered);
        changes.move(row, sending.delivered(now, delivered.odooId()));
        row.remember(now, "delivered", null);
        keep(row, delivered.findings());
        settings.countUp(Settings.DELIVERED_TOTAL);
      }
      case Outcome.Held held -> {
        changes.move(row, sending.held(now, held.hold()));
        row.remember(now, "held", held.hold().reason().code());
        keep(row, held.findings());
      }
      case Outcome.Unavailable unavailable -> {
        changes.move(row, sending.unavailable(now, unavailable.notBefore()));
        row.remember(
            now,
            unavailable.maybeInOdoo() ? OperationRow.UNANSWERED : "unavailable",
            unavailable.cause());
      }
      case Outcome.PutBack putBack -> changes.move(row, sending.putBack(now));
    }
  }

  private static void keep(OperationRow row, Findings findings) {
    row.findings = findings.isEmpty() ? null : Content.writeFindings(findings);
  }

  private void inOdoo(OperationRow row, Outcome.Delivered delivered) {
    var customer = customers.findById(row.ref);
    passNumbersOn(customer, row, delivered);
    customers.link(customer, delivered.odooId());
    var known = known(customer).overlaidWith(delivered.values()).withoutEmpty();
    var content = Content.write(new CustomerChange(known, null));
    // longer than the column holds takes many updates of very long texts; it is then known only by
    // what comes next
    customer.known = content.length() <= Content.LONGEST ? content : null;
  }

  /** An Odoo whose backup was restored gives the numbers of those whom it lost to others. */
  private void passNumbersOn(CustomerRow customer, OperationRow row, Outcome.Delivered delivered) {
    var broughtBack =
        row.resolution != null && Content.readResolution(row.resolution).createAnyway();
    if (broughtBack && customer.odooId != null && customer.odooId != delivered.odooId()) {
      customers.forgetNumber(customer);
    }
    customers
        .at(new CustomerAddress.ByOdooId(delivered.odooId()))
        .filter(other -> row.kind == OperationKind.CREATE && !other.ref.equals(customer.ref))
        .filter(other -> identity.isAnother(known(other), delivered.values()))
        .ifPresent(other -> customers.passOn(delivered.odooId(), customer.ref));
  }

  private static CustomerValues known(CustomerRow customer) {
    return customer.known == null ? CustomerValues.NONE : Content.read(customer.known).values();
  }
}
