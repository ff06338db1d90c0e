package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An operation as the journal has it: all that was known of it when it was accepted, and of its
 * customer what its operation brought.
 *
 * @param createdHere of the customer, as is what follows
 */
@RegisterForReflection
record JournalEntry(
    long seq,
    UUID ref,
    boolean createdHere,
    @Nullable Long odooId,
    @Nullable Long localId,
    OperationKind kind,
    String content,
    @Nullable String base,
    @Nullable UUID parentRef,
    @Nullable String till,
    @Nullable String cashier,
    Instant acceptedAt,
    @Nullable Long acceptedOdooId,
    @Nullable UUID idempotencyKey,
    UUID requestDigest) {

  static JournalEntry of(OperationRow row, CustomerRow customer) {
    return new JournalEntry(
        row.seq,
        row.ref,
        customer.createdHere,
        customer.odooId,
        customer.localId,
        row.kind,
        row.content,
        row.base,
        row.parentRef,
        row.till,
        row.cashier,
        row.acceptedAt,
        row.acceptedOdooId,
        row.idempotencyKey,
        row.requestDigest);
  }

  /** The operation, as it was before anything happened to it. */
  OperationRow toRow() {
    var row = new OperationRow();
    row.seq = seq;
    row.ref = ref;
    row.kind = kind;
    row.content = content;
    row.base = base;
    row.parentRef = parentRef;
    row.till = till;
    row.cashier = cashier;
    row.acceptedAt = acceptedAt;
    row.acceptedOdooId = acceptedOdooId;
    row.idempotencyKey = idempotencyKey;
    row.requestDigest = requestDigest;
    row.moveTo(OperationState.Pending.accepted(acceptedAt));
    return row;
  }
}
