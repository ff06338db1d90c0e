package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One accepted create or update of one customer. Its content never changes, only its state does;
 * long after it was delivered or discarded, or on request, what is personal in it is taken away.
 *
 * @param seq its place in the queue, and its id in the API
 * @param ref the customer
 * @param change what the till said
 * @param base the values that the cashier saw, when the till told
 * @param corrected values by which a person corrected it, if one did
 * @param resolution what a person decided about a conflict or a twin, if one did
 * @param findings what the last delivery found in dispute, and how it was decided
 * @param history what happened to it, oldest first
 */
public record Operation(
    long seq,
    UUID ref,
    OperationKind kind,
    CustomerChange change,
    @Nullable CustomerValues base,
    @Nullable String till,
    @Nullable String cashier,
    Instant acceptedAt,
    OperationState state,
    @Nullable CustomerChange corrected,
    @Nullable Resolution resolution,
    Findings findings,
    List<HistoryEntry> history) {

  public Operation {
    history = List.copyOf(history);
  }

  /**
   * Whether it may be in Odoo without this till knowing: it was in a copy of the database that took
   * the place of a damaged one, or another till has it as well.
   */
  boolean isInDoubt() {
    return history.stream()
        .map(HistoryEntry::event)
        .anyMatch(
            event -> event.equals(OperationRow.RESTORED) || event.equals(OperationRow.SHARED));
  }

  /** Whether what is personal in it was taken away. */
  public boolean isScrubbed() {
    return change.values().fields().isEmpty() && change.parentRef() == null;
  }

  /** What is to be sent: the change as accepted, with a person's corrections laid over it. */
  public CustomerChange effectiveChange() {
    return corrected == null ? change : change.overlaidWith(corrected);
  }
}
