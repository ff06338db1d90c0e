package io.tillkeeper.queue;

import io.tillkeeper.storage.Journal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Collects what a transaction changes, and tells it when the commit is on the disk. Only ever used
 * by the thread that holds {@link GroupCommit}'s lock.
 */
@ApplicationScoped
class Changes {

  private static final Logger LOG = Logger.getLogger(Changes.class);

  private final CustomerRows customers;
  private final Tally tally;
  private final Event<QueueChanged> event;
  private final Journal journal;
  private final AuditHead auditHead;
  private List<QueueChange> collected = new ArrayList<>();
  private Map<OperationRow, CustomerRow> accepted = new LinkedHashMap<>();
  private @Nullable AuditEntry audited;

  Changes(
      CustomerRows customers,
      Tally tally,
      Event<QueueChanged> event,
      Journal journal,
      AuditHead auditHead) {
    this.customers = customers;
    this.tally = tally;
    this.event = event;
    this.journal = journal;
    this.auditHead = auditHead;
  }

  /** A transaction begins; what one that failed has collected is forgotten. */
  void begin() {
    collected = new ArrayList<>();
    accepted = new LinkedHashMap<>();
    audited = null;
  }

  /** The transaction is on the disk. */
  void committed() {
    if (audited != null) {
      auditHead.put(AuditHead.Place.of(audited));
    }
    if (collected.isEmpty()) {
      return;
    }
    writeAgain();
    tally.follow(collected);
    try {
      event.fire(new QueueChanged(collected));
    } catch (RuntimeException fault) {
      // not its message, which could hold a customer's data
      LOG.errorf(
          "A change of the queue was not passed on: %s at %s",
          fault.getClass().getName(), fault.getStackTrace()[0]);
    }
  }

  /** The database has it for certain; the journal is for the day when the database is damaged. */
  private void writeAgain() {
    if (accepted.isEmpty()) {
      return;
    }
    try {
      journal.append(
          accepted.entrySet().stream()
              .map(each -> Content.writeEntry(JournalEntry.of(each.getKey(), each.getValue())))
              .toList());
    } catch (IOException e) {
      LOG.warnf("The journal cannot be written: %s.", e.getMessage());
    }
  }

  /** A new operation. */
  void accepted(OperationRow row, CustomerRow customer) {
    moved(row, null, row.state());
    accepted.put(row, customer);
  }

  /** The audit trail ends with this entry now. */
  void audited(AuditEntry entry) {
    audited = entry;
  }

  /** Moves an operation to its next state. */
  void move(OperationRow row, OperationState next) {
    var from = row.state;
    row.moveTo(next);
    moved(row, from, next);
  }

  private void moved(OperationRow row, @Nullable String from, OperationState state) {
    collected.add(
        new QueueChange.OperationMoved(
            row.seq,
            row.kind,
            row.ref,
            customers.findById(row.ref).odooId,
            row.till,
            row.cashier,
            from,
            state));
  }

  /** A customer is further on its way, or was found out to be less far. */
  void moved(CustomerRow customer, Customer.Standing standing) {
    collected.add(new QueueChange.CustomerMoved(customer.ref, customer.odooId, standing));
  }
}
