package io.tillkeeper.sync;

import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.Operation;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Delivers what was picked for one round, and says for each operation how it ended. */
final class Deliveries {

  private final CreateStep creates;
  private final UpdateStep updates;

  Deliveries(CreateStep creates, UpdateStep updates) {
    this.creates = creates;
    this.updates = updates;
  }

  /** Outcomes by {@code seq}; each picked operation has one. */
  Map<Long, Outcome> deliver(List<Shipment> shipments, Round round) {
    send(shipments, round);
    var outcomes = new LinkedHashMap<Long, Outcome>();
    var refused = new ArrayList<Shipment>();
    for (var shipment : shipments) {
      var outcome = round.outcomes().get(shipment);
      if (outcome instanceof Outcome.Held && shipment.isFolded()) {
        refused.add(shipment);
      } else {
        shipment.operations().forEach(operation -> outcomes.put(operation.seq(), outcome));
      }
    }
    sendFirstsAlone(refused, outcomes, round);
    return outcomes;
  }

  /**
   * Which of several that travelled as one is at fault shows when they travel alone, one after the
   * other.
   */
  private void sendFirstsAlone(List<Shipment> refused, Map<Long, Outcome> outcomes, Round round) {
    var firsts = refused.stream().map(Shipment::first).toList();
    send(firsts, round);
    for (var i = 0; i < refused.size(); i++) {
      var operations = refused.get(i).operations();
      outcomes.put(operations.getFirst().seq(), round.outcomes().get(firsts.get(i)));
      operations.stream()
          .skip(1)
          .map(Operation::seq)
          .forEach(seq -> outcomes.put(seq, new Outcome.PutBack()));
    }
  }

  private void send(List<Shipment> shipments, Round round) {
    var created = new ArrayList<Shipment>();
    var updated = new ArrayList<Target>();
    for (var shipment : shipments) {
      var odooId = shipment.odooId();
      if (shipment.isOrphaned()) {
        round.hold(
            shipment, HeldReason.MISSING, "parentRef", "The creation of the company was given up.");
      } else if (shipment.kind() == OperationKind.CREATE) {
        created.add(shipment);
      } else {
        var known = odooId == null ? find(shipment, round) : OptionalLong.of(odooId);
        known.ifPresent(id -> updated.add(Target.update(shipment, id)));
      }
    }
    creates.deliver(created, round);
    updates.deliver(updated, round);
  }

  /**
   * A customer whose creation was given up may be in Odoo all the same: a try whose answer was lost
   * can have made it.
   */
  private static OptionalLong find(Shipment shipment, Round round) {
    try {
      var found = round.line().call(odoo -> odoo.find(shipment.ref()));
      if (found.isEmpty() && Return.isWanted(shipment)) {
        return Return.bringBack(shipment, round);
      }
      if (found.isEmpty()) {
        round.hold(
            shipment, HeldReason.MISSING, null, "The creation of the customer was given up.");
      }
      return found;
    } catch (LinkLost loss) {
      round.noAnswer(shipment, loss.linkCause().code());
      return OptionalLong.empty();
    }
  }
}
