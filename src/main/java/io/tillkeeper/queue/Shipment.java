package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the worker has picked of one lane: consecutive operations that travel as one.
 *
 * @param ref the customer
 * @param operations at least one, in order
 * @param odooId the database id of the customer; null when Odoo does not have it yet
 * @param createdHere whether it was first named by a create, so that Odoo knows it by its ref
 *     unless it turned out to be somebody whom Odoo had
 * @param known what Odoo had last, as far as the till has seen it
 * @param parents the database ids of the companies that the operations name and Odoo has
 */
public record Shipment(
    UUID ref,
    List<Operation> operations,
    @Nullable Long odooId,
    boolean createdHere,
    CustomerValues known,
    Map<UUID, Long> parents) {

  /** The field that says which company a contact belongs to. */
  public static final String PARENT_ID = "parent_id";

  public Shipment {
    operations = List.copyOf(operations);
    parents = Map.copyOf(parents);
  }

  /** The first operation decides: only the first of a lane can be a create. */
  public OperationKind kind() {
    return operations.getFirst().kind();
  }

  /** Where it stands in the queue. */
  public long seq() {
    return operations.getFirst().seq();
  }

  /** Whether several operations travel as one. */
  public boolean isFolded() {
    return operations.size() > 1;
  }

  /** The first operation alone. */
  public Shipment first() {
    return new Shipment(ref, operations.subList(0, 1), odooId, createdHere, known, parents);
  }

  /** All values, the last one of each field, with the company by its database id. */
  public CustomerValues values() {
    var change =
        operations.stream()
            .map(Operation::effectiveChange)
            .reduce(CustomerChange::overlaidWith)
            .orElseThrow();
    var parent = change.parentRef() == null ? null : parents.get(change.parentRef());
    return parent == null
        ? change.values()
        : change.values().with(PARENT_ID, new FieldValue.Reference(parent));
  }

  /** What is known of the customer, with all values: what there would be in Odoo after these. */
  public CustomerValues wholeValues() {
    return known.overlaidWith(values());
  }

  /** Whether a company is named that Odoo will never have, because its creation was given up. */
  public boolean isOrphaned() {
    return operations.stream()
        .map(operation -> operation.effectiveChange().parentRef())
        .anyMatch(parent -> parent != null && !parents.containsKey(parent));
  }

  /** What the cashier saw of each field before the first of these operations that changes it. */
  public CustomerValues base() {
    var seen = new TreeMap<String, Optional<FieldValue>>();
    for (var operation : operations) {
      var base = operation.base() == null ? CustomerValues.NONE : operation.base();
      operation
          .effectiveChange()
          .values()
          .fields()
          .keySet()
          .forEach(field -> seen.putIfAbsent(field, Optional.ofNullable(base.fields().get(field))));
    }
    var known = new TreeMap<String, FieldValue>();
    seen.forEach((field, value) -> value.ifPresent(present -> known.put(field, present)));
    return new CustomerValues(known);
  }

  /**
   * Whether any of it was in a copy that took the place of a damaged database: it may have been
   * delivered before, and newer values after it.
   */
  public boolean isInDoubt() {
    return operations.stream().anyMatch(Operation::isInDoubt);
  }

  /** What a person decided; such an operation travels alone. */
  public Optional<Resolution> resolution() {
    return Optional.ofNullable(operations.getFirst().resolution());
  }

  /** How often it was sent in a row without an answer. */
  public int tries() {
    return operations.stream()
        .map(Operation::state)
        .mapToInt(state -> state instanceof OperationState.Sending sending ? sending.tries() : 0)
        .max()
        .orElse(0);
  }
}
