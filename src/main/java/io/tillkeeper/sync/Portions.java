package io.tillkeeper.sync;

import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes from the queue what travels in one round, and writes down how it ended, in portions of
 * whole lanes. Each is on the disk before the next begins, and whoever hands a customer over
 * meanwhile waits for one of them, not for a thousand.
 */
final class Portions {

  /**
   * Operations in a portion, more only where one lane has more: a bound on how long a till waits.
   */
  static final int SIZE = 50;

  private final OperationQueue queue;

  Portions(OperationQueue queue) {
    this.queue = queue;
  }

  /** As {@link OperationQueue#pick}. */
  List<Shipment> pick(int limit) {
    var picked = new ArrayList<Shipment>();
    while (picked.size() < limit) {
      var wanted = Math.min(SIZE, limit - picked.size());
      var portion = queue.pick(wanted);
      picked.addAll(portion);
      if (portion.size() < wanted) {
        break;
      }
    }
    return picked;
  }

  /**
   * As {@link OperationQueue#settle}. Should the process end between two portions, the lanes that
   * are left are sent again, as after an end before all of them.
   *
   * @param outcomes of all operations of these shipments
   */
  void settle(List<Shipment> shipments, Map<Long, Outcome> outcomes) {
    var portion = new HashMap<Long, Outcome>();
    for (var shipment : shipments) {
      for (var operation : shipment.operations()) {
        var outcome = outcomes.get(operation.seq());
        if (outcome != null) {
          portion.put(operation.seq(), outcome);
        }
      }
      if (portion.size() >= SIZE) {
        queue.settle(Map.copyOf(portion));
        portion.clear();
      }
    }
    if (!portion.isEmpty()) {
      queue.settle(Map.copyOf(portion));
    }
  }
}
