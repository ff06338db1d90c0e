package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes one operation in, within a transaction of its caller's. */
@ApplicationScoped
class AcceptStep {

  private final OperationRows operations;
  private final OperationNumbers numbers;
  private final CustomerRows customers;
  private final CustomerViews views;
  private final SearchText searchText;
  private final Changes changes;
  private final InstantSource clock;
  private final Supplier<UUID> refs;

  AcceptStep(
      OperationRows operations,
      OperationNumbers numbers,
      CustomerRows customers,
      CustomerViews views,
      SearchText searchText,
      Changes changes,
      InstantSource clock,
      Supplier<UUID> refs) {
    this.operations = operations;
    this.numbers = numbers;
    this.customers = customers;
    this.views = views;
    this.searchText = searchText;
    this.changes = changes;
    this.clock = clock;
    this.refs = refs;
  }

  Accepted accept(Acceptance acceptance) {
    return repeated(acceptance).orElseGet(() -> acceptNew(acceptance));
  }

  /** The answer to what was accepted before, or stands in the way of its being new. */
  Optional<Accepted> repeated(Acceptance acceptance) {
    return withSameKey(acceptance).or(() -> withSameRef(acceptance));
  }

  private Optional<Accepted> withSameKey(Acceptance acceptance) {
    return Optional.ofNullable(acceptance.idempotencyKey())
        .flatMap(operations::withKey)
        .map(
            row ->
                row.requestDigest.equals(acceptance.requestDigest())
                    ? receipt(row)
                    : new Accepted.KeyReused());
  }

  private Accepted acceptNew(Acceptance acceptance) {
    var parentRef = acceptance.change().parentRef();
    var existing =
        acceptance.kind() == OperationKind.CREATE
            ? Optional.<CustomerRow>empty()
            : customers.at(acceptance.customer());
    if (parentRef != null && customers.findByIdOptional(parentRef).isEmpty()) {
      return new Accepted.UnknownParent();
    }
    var customer = existing.orElseGet(() -> add(acceptance));
    return customer == null ? new Accepted.UnknownCustomer() : append(customer, acceptance);
  }

  /** A create may be repeated without a key too: the ref stands for it. */
  private Optional<Accepted> withSameRef(Acceptance acceptance) {
    return acceptance.kind() == OperationKind.CREATE
        ? customers.at(acceptance.customer()).map(customer -> toCreate(customer, acceptance))
        : Optional.empty();
  }

  private Accepted toCreate(CustomerRow customer, Acceptance acceptance) {
    return operations
        .createOf(customer.ref)
        .filter(row -> row.requestDigest.equals(acceptance.requestDigest()))
        .<Accepted>map(AcceptStep::receipt)
        .orElseGet(Accepted.RefTaken::new);
  }

  /**
   * A customer that was not known yet; null when it cannot be, since only its creation brings a ref
   * into the world, and a negative id too.
   */
  private @Nullable CustomerRow add(Acceptance acceptance) {
    return switch (acceptance.customer()) {
      case CustomerAddress.ByRef byRef ->
          acceptance.kind() == OperationKind.CREATE ? persist(byRef.ref(), true, acceptance) : null;
      case CustomerAddress.ByOdooId byOdooId when byOdooId.isLocal() -> null;
      case CustomerAddress.ByOdooId byOdooId -> {
        var row = persist(refs.get(), false, acceptance);
        customers.link(row, byOdooId.odooId());
        yield row;
      }
    };
  }

  /** Whole at once: what were changed after it is persisted would be written a second time. */
  private CustomerRow persist(UUID ref, boolean createdHere, Acceptance acceptance) {
    var row = CustomerRow.of(ref, createdHere);
    row.searchText = searchText.of(acceptance.change().values());
    customers.persist(row);
    return row;
  }

  private Accepted append(CustomerRow customer, Acceptance acceptance) {
    var now = clock.instant();
    var row = new OperationRow();
    row.seq = numbers.next();
    row.ref = customer.ref;
    row.kind = acceptance.kind();
    row.content = Content.write(acceptance.change());
    var isNew = acceptance.kind() == OperationKind.CREATE;
    var before = isNew ? null : views.view(customer);
    var seen = before == null ? CustomerViews.NOTHING : before.change();
    if (!isNew) {
      row.base = Content.write(new CustomerChange(base(customer, seen.values(), acceptance), null));
    }
    row.parentRef = acceptance.change().parentRef();
    row.till = acceptance.till();
    row.cashier = acceptance.cashier();
    row.acceptedAt = now;
    row.acceptedOdooId = customer.odooId;
    row.idempotencyKey = acceptance.idempotencyKey();
    row.requestDigest = acceptance.requestDigest();
    row.moveTo(OperationState.Pending.accepted(now));
    if (!isNew) {
      customer.searchText = searchText.of(seen.overlaidWith(acceptance.change()).values());
    }
    operations.persist(row);
    changes.accepted(row, customer);
    if (before == null || before.standing().isSettled()) {
      changes.moved(customer, Customer.Standing.WAITING);
    }
    return receipt(row);
  }

  /**
   * What the cashier saw of the fields that change: as the till says, or else as this daemon would
   * have shown it. A field of which neither knows anything is left out, unless the customer comes
   * from here: then it was empty.
   */
  private static CustomerValues base(
      CustomerRow customer, CustomerValues seen, Acceptance acceptance) {
    var base = new TreeMap<String, FieldValue>();
    if (acceptance.base() != null) {
      base.putAll(acceptance.base().fields());
    }
    for (var field : acceptance.change().values().fields().keySet()) {
      var value = seen.fields().get(field);
      if (value != null) {
        base.putIfAbsent(field, value);
      } else if (customer.createdHere) {
        base.putIfAbsent(field, new FieldValue.Empty());
      }
    }
    return new CustomerValues(base);
  }

  private static Accepted.Receipt receipt(OperationRow row) {
    return new Accepted.Receipt(row.seq, row.ref, row.acceptedOdooId, row.kind, row.acceptedAt);
  }
}
