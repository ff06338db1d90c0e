package io.tillkeeper.api;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.Customer;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.HistoryEntry;
import io.tillkeeper.queue.Hold;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationState;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns what the queue knows into what the API says. */
@ApplicationScoped
class ViewMaker {

  private final @Nullable String database;

  ViewMaker(OdooConfig odoo) {
    this.database = odoo.database().orElse(null);
  }

  @Nullable String database() {
    return database;
  }

  CustomerViews.Receipt receipt(Accepted.Receipt receipt) {
    return new CustomerViews.Receipt(
        new CustomerViews.AcceptedOperation(
            receipt.seq(), receipt.kind().code(), "pending", receipt.acceptedAt()),
        name(receipt.ref(), receipt.odooId()),
        true);
  }

  CustomerViews.Customer customer(Customer customer) {
    return new CustomerViews.Customer(
        customer.ref(),
        customer.odooId(),
        database,
        customer.standing().name().toLowerCase(Locale.ROOT),
        customer.change().toJson());
  }

  OperationViews.Operation operation(Operation operation, @Nullable Long odooId) {
    var state = operation.state();
    var base = operation.base();
    var corrected = operation.corrected();
    return new OperationViews.Operation(
        operation.seq(),
        operation.kind().code(),
        state.code(),
        name(operation.ref(), odooId),
        operation.change().toJson(),
        operation.isScrubbed() ? true : null,
        base == null ? null : base.toJson(),
        operation.till(),
        operation.cashier(),
        operation.acceptedAt(),
        state.since(),
        state instanceof OperationState.Pending pending ? pending.notBefore() : null,
        state instanceof OperationState.Held held ? held(held.hold()) : null,
        state instanceof OperationState.Discarded discarded
            ? new OperationViews.Discarded(discarded.reason(), discarded.by())
            : null,
        corrected == null ? null : corrected.toJson(),
        operation.findings().disputes().stream().map(ViewMaker::dispute).toList(),
        operation.findings().candidates().stream().map(ViewMaker::candidate).toList(),
        operation.history().stream().map(ViewMaker::entry).toList());
  }

  private static OperationViews.HistoryEntry entry(HistoryEntry entry) {
    return new OperationViews.HistoryEntry(
        entry.at(), entry.event(), entry.detail(), entry.by(), entry.times());
  }

  private static OperationViews.Dispute dispute(Findings.Dispute dispute) {
    var base = dispute.base();
    return new OperationViews.Dispute(
        dispute.field(),
        base == null ? null : CustomerValues.toJson(base),
        CustomerValues.toJson(dispute.till()),
        CustomerValues.toJson(dispute.odoo()),
        dispute.decision().name().toLowerCase(Locale.ROOT));
  }

  private static OperationViews.Candidate candidate(Findings.Candidate candidate) {
    return new OperationViews.Candidate(
        candidate.odooId(),
        candidate.archived(),
        candidate.matchedBy(),
        candidate.values().toJson());
  }

  CustomerViews.CustomerName name(UUID ref, @Nullable Long odooId) {
    return new CustomerViews.CustomerName(ref, odooId, database);
  }

  static OperationViews.Held held(Hold hold) {
    var message =
        switch (hold.reason()) {
          case REJECTED -> "Odoo does not take these values.";
          case CONFLICT -> "The back office changed the same field meanwhile.";
          case DUPLICATE -> "This customer seems to be in Odoo already.";
          case MISSING ->
              "This customer is no longer in Odoo: deleted there, or lost with a restored backup.";
          case FORBIDDEN -> "The user of the API key may not do this in Odoo.";
        };
    return new OperationViews.Held(hold.reason().code(), message, hold.field(), hold.words());
  }
}
