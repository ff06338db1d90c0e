package io.tillkeeper.queue;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;

/**
 * Takes the operations of one call in, within a transaction of its caller's: all of them, or by an
 * exception that rolls the transaction back, none.
 */
@ApplicationScoped
class AcceptAllStep {

  private final AcceptStep acceptStep;
  private final CustomerRows customers;

  AcceptAllStep(AcceptStep acceptStep, CustomerRows customers) {
    this.acceptStep = acceptStep;
    this.customers = customers;
  }

  /** One of them cannot be accepted, so that none is. */
  static final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Accepted why;

    Refused(Accepted why) {
      super(why.getClass().getSimpleName(), null, false, false); // caught by the queue itself
      this.why = why;
    }

    Accepted why() {
      return why;
    }
  }

  List<Accepted> accept(List<Acceptance> acceptances) {
    return acceptances.stream().map(this::acceptOne).toList();
  }

  private Accepted acceptOne(Acceptance acceptance) {
    var answer = acceptStep.accept(acceptance);
    if (!(answer instanceof Accepted.Receipt receipt)) {
      throw new Refused(answer);
    }
    var customer = Objects.requireNonNull(customers.findById(receipt.ref()));
    if (customer.odooId == null && customer.localId == null) {
      customers.nameLocally(customer);
    }
    return receipt;
  }
}
