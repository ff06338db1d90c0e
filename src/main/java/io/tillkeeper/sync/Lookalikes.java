package io.tillkeeper.sync;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Customers or partners, found by what they have in common with another. Each is looked at once,
 * when it is added: to compare every new customer of a round with every other takes minutes when
 * thousands have waited.
 *
 * @param <T> who is found
 */
final class Lookalikes<T> {

  private final List<T> all = new ArrayList<>();
  private final Map<Trait, List<Integer>> byTrait = new HashMap<>();

  /**
   * One that has something in common with another.
   *
   * @param keys in what they are the same; a set of its own, which may be changed
   */
  record Match<T>(T who, Set<String> keys) {}

  void add(T who, Collection<Trait> traits) {
    for (var trait : traits) {
      byTrait.computeIfAbsent(trait, none -> new ArrayList<>(1)).add(all.size());
    }
    all.add(who);
  }

  /** All, in the order in which they were added. */
  List<T> all() {
    return List.copyOf(all);
  }

  /** Those who have any of these, in the order in which they were added. */
  List<Match<T>> with(Collection<Trait> traits) {
    var keys = new TreeMap<Integer, Set<String>>();
    for (var trait : traits) {
      for (var nth : byTrait.getOrDefault(trait, List.of())) {
        keys.computeIfAbsent(nth, first -> new HashSet<>()).add(trait.key());
      }
    }
    return keys.entrySet().stream()
        .map(entry -> new Match<>(all.get(entry.getKey()), entry.getValue()))
        .toList();
  }
}
