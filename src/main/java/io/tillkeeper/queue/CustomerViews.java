package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
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

  private static Customer.Standing standing(CustomerRow customer, List<OperationRow> open) {
    if (open.isEmpty()) {
      return customer.odooId == null ? Customer.Standing.DISCARDED : Customer.Standing.DELIVERED;
    }
    return open.stream().anyMatch(row -> row.state() instanceof OperationState.Held)
        ? Customer.Standing.HELD
        : Customer.Standing.WAITING;
  }
}
