package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Customers as they will be: what Odoo had last, overlaid with what is queued. */
@ApplicationScoped
class CustomerViews {

  /** What is known of somebody new. */
  static final CustomerChange NOTHING = new CustomerChange(CustomerValues.NONE, null);

  private final OperationRows operations;

  CustomerViews(OperationRows operations) {
    this.operations = operations;
  }

  Customer view(CustomerRow customer) {
    return view(customer, operations.open(List.of(customer.ref)));
  }

  List<Customer> views(List<CustomerRow> customers) {
    var open =
        operations.open(customers.stream().map(customer -> customer.ref).toList()).stream()
            .collect(Collectors.groupingBy(row -> row.ref));
    return customers.stream()
        .map(customer -> view(customer, open.getOrDefault(customer.ref, List.of())))
        .toList();
  }

  private static Customer view(CustomerRow customer, List<OperationRow> open) {
    var will = customer.known == null ? NOTHING : Content.read(customer.known);
    for (var row : open) {
      will = will.overlaidWith(row.effectiveChange());
    }
    return new Customer(customer.ref, customer.odooId, will, standing(customer, open));
  }

  /** How far each of these is on its way. */
  Map<CustomerRow, Customer.Standing> standings(List<CustomerRow> customers) {
    if (customers.isEmpty()) {
      return Map.of();
    }
    var open = operations.openStates(customers.stream().map(customer -> customer.ref).toList());
    return customers.stream()
        .collect(
            Collectors.toMap(
                Function.identity(),
                customer -> standing(customer, open.getOrDefault(customer.ref, Set.of()))));
  }

  private static Customer.Standing standing(CustomerRow customer, List<OperationRow> open) {
    return standing(customer, open.stream().map(row -> row.state).collect(Collectors.toSet()));
  }

  private static Customer.Standing standing(CustomerRow customer, Set<String> openStates) {
    if (openStates.isEmpty()) {
      return customer.odooId == null ? Customer.Standing.DISCARDED : Customer.Standing.DELIVERED;
    }
    return openStates.contains("held") ? Customer.Standing.HELD : Customer.Standing.WAITING;
  }
}
