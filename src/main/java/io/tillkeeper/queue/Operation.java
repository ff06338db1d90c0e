package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One accepted create or update of one customer. Its content never changes, only its state does.
 *
 * @param seq its place in the queue, and its id in the API
 * @param ref the customer
 * @param change what the till said
 * @param base the values that the cashier saw, when the till told
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
    List<HistoryEntry> history) {

  public Operation {
    history = List.copyOf(history);
  }
}
