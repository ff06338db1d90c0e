package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.Normal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Erases a person, within a transaction of its caller's: what is known, and what was accepted. */
@ApplicationScoped
class EraseStep {

  private static final int PAGE = 500;

  private final CustomerRows customers;
  private final OperationRows operations;
  private final AuditTrail audit;
  private final Normal normal;

  EraseStep(CustomerRows customers, OperationRows operations, AuditTrail audit, Normal normal) {
    this.customers = customers;
    this.operations = operations;
    this.audit = audit;
    this.normal = normal;
  }

  /** Who is meant. */
  Set<UUID> refs(ErasureRequest request) {
    return switch (request) {
      case ErasureRequest.OfCustomer(var address) ->
          customers.at(address).map(row -> row.ref).stream().collect(Collectors.toSet());
      case ErasureRequest.OfEmail(var email) -> {
        var wanted = Normal.email(email);
        yield having(
            values -> values.text("email").map(Normal::email).filter(wanted::equals).isPresent());
      }
      case ErasureRequest.OfPhone(var phone) -> {
        var wanted = normal.phone(phone);
        yield having(
            values ->
                Stream.of("phone", "mobile")
                    .flatMap(field -> values.text(field).stream())
                    .map(normal::phone)
                    .anyMatch(wanted::equals));
      }
    };
  }

  /** In what is known, and in whatever was accepted: an older address names the same person. */
  private Set<UUID> having(Predicate<CustomerValues> wanted) {
    var refs = new TreeSet<UUID>();
    customers.known().filter(row -> wanted.test(known(row))).forEach(row -> refs.add(row.ref));
    for (var page = operations.withContentAfter(0, PAGE);
        !page.isEmpty();
        page = operations.withContentAfter(page.getLast().seq, PAGE)) {
      page.stream().filter(row -> said(row).anyMatch(wanted)).forEach(row -> refs.add(row.ref));
      // or all that was ever accepted would be in memory
      operations.getEntityManager().clear();
    }
    return refs;
  }

  private static CustomerValues known(CustomerRow row) {
    return Content.read(Objects.requireNonNull(row.known)).values();
  }

  private static Stream<CustomerValues> said(OperationRow row) {
    return Stream.of(row.content, row.base, row.corrected)
        .filter(Objects::nonNull)
        .map(content -> Content.read(content).values());
  }

  /**
   * Erases as much of them as can be now.
   *
   * @param last the last operation that is meant
   */
  Erased erase(Collection<UUID> refs, long last, String by) {
    var scrubbed = 0;
    var notDelivered = new ArrayList<Long>();
    for (var customer : customers.withRefs(refs)) {
      scrubbed += operations.scrubSettledOf(customer.ref, last);
      var open = operations.open(List.of(customer.ref));
      if (open.isEmpty()) {
        forget(customer);
      }
      open.forEach(row -> notDelivered.add(row.seq));
    }
    audit.append(
        by,
        "erase",
        "%d customers, %d operations; %d operations left"
            .formatted(refs.size(), scrubbed, notDelivered.size()));
    return new Erased(refs.size(), scrubbed, notDelivered);
  }

  /**
   * Erases what was left of a person, or has come back with a copy of the queue. What was accepted
   * since stays.
   *
   * @return whether nothing is left: what is still to be delivered is
   */
  boolean finish(Erasure erasure) {
    var customer = customers.findById(erasure.ref());
    if (customer == null) {
      return true;
    }
    operations.scrubSettledOf(erasure.ref(), erasure.upTo());
    if (operations.isOpenUpTo(erasure.ref(), erasure.upTo())) {
      return false;
    }
    if (!operations.isAnyAfter(erasure.ref(), erasure.upTo())) {
      forget(customer);
    }
    return true;
  }

  private static void forget(CustomerRow customer) {
    customer.known = null;
    customer.searchText = "";
  }
}
