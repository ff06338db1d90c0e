package io.tillkeeper.simulator;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The partners and their external ids, in memory. Every commit makes a new state, so a transaction
 * sees the one that it began with, as with PostgreSQL's "repeatable read".
 */
final class PartnerTable {

  /** All that is committed at one moment. */
  record State(SortedMap<Long, PartnerRow> rows, Map<String, ExternalId> externalIds) {}

  // as a sequence in PostgreSQL: a number is never given twice, not even after a rollback
  private final AtomicLong sequence;
  private volatile State state;

  PartnerTable(SortedMap<Long, PartnerRow> builtIn) {
    sequence = new AtomicLong(builtIn.lastKey());
    state = new State(builtIn, Map.of());
  }

  State committed() {
    return state;
  }

  /** What a backup of the database holds; the numbers that are given next are part of it. */
  record Copy(State state, long lastNumber) {}

  Copy copy() {
    return new Copy(state, sequence.get());
  }

  /** Whatever was committed since is gone, and its numbers are given again. */
  synchronized void restore(Copy copy) {
    sequence.set(copy.lastNumber());
    state = copy.state();
  }

  Transaction begin() {
    return new Transaction(state, sequence);
  }

  /**
   * Makes the changes of the transaction visible, all or none.
   *
   * @return the partner ids and external ids that somebody else changed since it began; when there
   *     are any, nothing was committed
   */
  synchronized Set<Object> commit(Transaction transaction) {
    Set<Object> conflicts = transaction.conflictsWith(state);
    if (conflicts.isEmpty() && transaction.hasChanges()) {
      SortedMap<Long, PartnerRow> rows = new TreeMap<>(state.rows());
      Map<String, ExternalId> externalIds = new HashMap<>(state.externalIds());
      transaction.applyTo(rows, externalIds);
      state = new State(rows, externalIds);
    }
    return conflicts;
  }
}
