package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerValues;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Takes the lanes that may go, within a transaction of its caller's. */
@ApplicationScoped
class PickStep {

  /** A bound on what one round reads, not on what a lane may hold. */
  private static final int MOST_FOLLOWERS = 5_000;

  private final OperationRows operations;
  private final CustomerRows customers;
  private final Changes changes;
  private final InstantSource clock;

  PickStep(OperationRows operations, CustomerRows customers, Changes changes, InstantSource clock) {
    this.operations = operations;
    this.customers = customers;
    this.changes = changes;
    this.clock = clock;
  }

  List<Shipment> pick(int limit) {
    var now = clock.instant();
    var heads = operations.due(now, limit);
    if (heads.isEmpty()) {
      return List.of();
    }
    var lanes = heads.stream().map(row -> row.ref).toList();
    var byLane =
        operations.open(lanes, MOST_FOLLOWERS).stream()
            .collect(Collectors.groupingBy(row -> row.ref));
    var customersByRef =
        customers.withRefs(lanes).stream()
            .collect(Collectors.toMap(row -> row.ref, Function.identity()));
    var parents = parents(byLane);
    return heads.stream()
        .map(
            head ->
                shipment(customersByRef.get(head.ref), fold(head, byLane, parents), parents, now))
        .toList();
  }

  private Map<UUID, Long> parents(Map<UUID, List<OperationRow>> byLane) {
    var refs =
        byLane.values().stream()
            .flatMap(List::stream)
            .filter(row -> row.parentRef != null)
            .map(row -> row.parentRef)
            .collect(Collectors.toSet());
    return customers.odooIds(refs);
  }

  /**
   * The head of a lane, and what may travel with it. What is held, a person's decision, or a
   * company that is not there yet, parts them. So does a create that was sent before: if Odoo has
   * it, it is left as it is, and what was typed since would be lost with it. Changes that Odoo may
   * have travel as they did before: if it has them, it has the last of them, which together with
   * what was typed since would look like a value of the back office's.
   */
  private static List<OperationRow> fold(
      OperationRow head, Map<UUID, List<OperationRow>> byLane, Map<UUID, Long> parents) {
    var folded = new ArrayList<>(List.of(head));
    if (head.resolution == null && !(head.kind == OperationKind.CREATE && head.wasSent())) {
      for (var row : byLane.getOrDefault(head.ref, List.of())) {
        if (row.seq > head.seq) {
          if (!(row.state() instanceof OperationState.Pending)
              || row.resolution != null
              || folded.getLast().mayBeInOdoo() && !row.mayBeInOdoo()
              || row.parentRef != null && !parents.containsKey(row.parentRef)) {
            break;
          }
          folded.add(row);
        }
      }
    }
    return folded;
  }

  private Shipment shipment(
      CustomerRow customer, List<OperationRow> rows, Map<UUID, Long> parents, Instant now) {
    rows.forEach(
        row -> {
          if (!(row.state() instanceof OperationState.Pending pending)) {
            throw new IllegalStateException(
                "operation " + row.seq + " is not pending but " + row.state);
          }
          changes.move(row, pending.picked(now));
        });
    return new Shipment(
        customer.ref,
        rows.stream().map(OperationRow::toOperation).toList(),
        customer.odooId,
        customer.createdHere,
        customer.known == null ? CustomerValues.NONE : Content.read(customer.known).values(),
        rows.stream()
            .filter(row -> row.parentRef != null && parents.containsKey(row.parentRef))
            .map(row -> row.parentRef)
            .distinct()
            .collect(Collectors.toMap(parent -> parent, parents::get)));
  }
}
