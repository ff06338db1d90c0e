package io.tillkeeper.simulator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The state at the beginning of a call with the changes of that call laid over it. */
final class Transaction {

  private final PartnerTable.State base;
  private final AtomicLong sequence;
  private final Map<Long, Optional<PartnerRow>> rows = new TreeMap<>();
  private final Map<String, Optional<ExternalId>> externalIds = new HashMap<>();
  private final List<Runnable> atCommit = new ArrayList<>();

  Transaction(PartnerTable.State base, AtomicLong sequence) {
    this.base = base;
    this.sequence = sequence;
  }

  long nextId() {
    return sequence.incrementAndGet();
  }

  @Nullable PartnerRow row(long id) {
    Optional<PartnerRow> changed = rows.get(id);
    return changed == null ? base.rows().get(id) : changed.orElse(null);
  }

  /** All records, by id. */
  List<PartnerRow> allRows() {
    if (rows.isEmpty()) {
      return List.copyOf(base.rows().values());
    }
    List<PartnerRow> all = new ArrayList<>();
    base.rows().forEach((id, row) -> all.add(rows.getOrDefault(id, Optional.of(row)).orElse(null)));
    rows.forEach((id, row) -> all.add(base.rows().containsKey(id) ? null : row.orElse(null)));
    all.removeIf(Objects::isNull);
    return all;
  }

  @Nullable ExternalId externalId(String name) {
    Optional<ExternalId> changed = externalIds.get(name);
    return changed == null ? base.externalIds().get(name) : changed.orElse(null);
  }

  /** The external ids of a partner, in alphabetical order. */
  List<String> externalIdsOf(long partner) {
    Set<String> names = new HashSet<>(base.externalIds().keySet());
    names.addAll(externalIds.keySet());
    return names.stream()
        .filter(name -> externalId(name) instanceof ExternalId found && found.partner() == partner)
        .sorted()
        .toList();
  }

  void put(PartnerRow row) {
    rows.put(row.id(), Optional.of(row));
  }

  void bind(String name, ExternalId target) {
    externalIds.put(name, Optional.of(target));
  }

  /** Takes the record away, and with it what leads to it. */
  void delete(long id) {
    externalIdsOf(id).forEach(name -> externalIds.put(name, Optional.empty()));
    rows.put(id, Optional.empty());
  }

  /** A change of what is no partner, which nobody else is at. */
  void onCommit(Runnable change) {
    atCommit.add(change);
  }

  void committed() {
    atCommit.forEach(Runnable::run);
  }

  void rollback() {
    rows.clear();
    externalIds.clear();
  }

  boolean hasChanges() {
    return !rows.isEmpty() || !externalIds.isEmpty();
  }

  Set<Object> conflictsWith(PartnerTable.State now) {
    Set<Object> conflicts = new HashSet<>();
    // versions of a row are told apart by identity: two writes of equal values are two writes
    for (Long id : rows.keySet()) {
      if (base.rows().get(id) != now.rows().get(id)) {
        conflicts.add(id);
      }
    }
    for (String name : externalIds.keySet()) {
      if (!Objects.equals(base.externalIds().get(name), now.externalIds().get(name))) {
        conflicts.add(name);
      }
    }
    return conflicts;
  }

  void applyTo(Map<Long, PartnerRow> allRows, Map<String, ExternalId> allExternalIds) {
    rows.forEach((id, row) -> replace(allRows, id, row));
    externalIds.forEach((name, target) -> replace(allExternalIds, name, target));
  }

  private static <K, V> void replace(Map<K, V> map, K key, Optional<V> value) {
    if (value.isPresent()) {
      map.put(key, value.get());
    } else {
      map.remove(key);
    }
  }
}
