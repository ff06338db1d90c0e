package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is not delivered moves from one till to another. Nothing of it is delivered twice, even
 * where both have it for a while: a customer has the same ref on both, an operation is known again,
 * and what may have been delivered before is compared with Odoo.
 */
@ApplicationScoped
public class Moves {

  /** In the history of an operation that another till delivers. */
  static final String EXPORTED = "exported";

  private static final String IMPORTED = "imported";
  private static final String REASON = "Another till delivers it.";

  private final GroupCommit commits;
  private final OperationRows operations;
  private final OperationNumbers numbers;
  private final CustomerRows customers;
  private final CustomerViews views;
  private final SearchText searchText;
  private final Settings settings;
  private final AuditTrail audit;
  private final Changes changes;
  private final InstantSource clock;

  Moves(
      GroupCommit commits,
      OperationRows operations,
      OperationNumbers numbers,
      CustomerRows customers,
      CustomerViews views,
      SearchText searchText,
      Settings settings,
      AuditTrail audit,
      Changes changes,
      InstantSource clock) {
    this.commits = commits;
    this.operations = operations;
    this.numbers = numbers;
    this.customers = customers;
    this.views = views;
    this.searchText = searchText;
    this.settings = settings;
    this.audit = audit;
    this.changes = changes;
    this.clock = clock;
  }

  /**
   * A page of what is not settled, in the order of {@code seq}.
   *
   * @param after only those with a greater {@code seq}
   */
  @Transactional
  public List<Moving> open(long after, int limit) {
    return operations.openAfter(after, limit).stream().map(this::moving).toList();
  }

  private Moving moving(OperationRow row) {
    var customer = customers.findById(row.ref);
    var change = row.effectiveChange();
    var parent = change.parentRef();
    return new Moving(
        row.seq,
        row.kind,
        row.ref,
        customer.createdHere,
        customer.odooId,
        change,
        row.base == null ? null : Content.read(row.base).values(),
        parent == null ? null : customers.odooIds(List.of(parent)).get(parent),
        row.till,
        row.cashier,
        row.acceptedAt,
        row.idempotencyKey,
        row.requestDigest,
        row.wasSent() || row.state() instanceof OperationState.Sending);
  }

  /**
   * Leaves operations to another till. What is being sent or is settled by then stays as it is. On
   * the disk when it returns.
   *
   * @return how many were left
   */
  public int leave(Collection<Long> seqs, String by) {
    return commits.write(
        () -> {
          var now = clock.instant();
          var left = operations.withSeqs(seqs).stream().filter(row -> leave(row, now, by)).toList();
          customers.withRefs(left.stream().map(row -> row.ref).toList()).forEach(this::lookAnew);
          audit.append(by, "export", left.size() + " operations");
          return left.size();
        });
  }

  /**
   * Writes down that another till has these too, and may deliver them. They stay, and from now on
   * each is compared with Odoo and asks a person rather than overwrite a newer value there. On the
   * disk when it returns.
   *
   * @return how many of them are still to be delivered
   */
  public int share(Collection<Long> seqs, String by) {
    return commits.write(
        () -> {
          var now = clock.instant();
          var shared = operations.withSeqs(seqs).stream().filter(OperationRow::isOpen).toList();
          shared.forEach(
              row -> row.remember(new HistoryEntry(now, OperationRow.SHARED, null, by, 1)));
          audit.append(by, "export", shared.size() + " operations, which stay here too");
          return shared.size();
        });
  }

  private boolean leave(OperationRow row, Instant now, String by) {
    var discarded =
        switch (row.state()) {
          case OperationState.Pending pending -> pending.left(now, REASON, by);
          case OperationState.Held held -> held.discarded(now, REASON, by);
          case OperationState.Sending sending -> null;
          case OperationState.Delivered delivered -> null;
          case OperationState.Discarded before -> null;
        };
    if (discarded == null) {
      return false;
    }
    changes.move(row, discarded);
    row.remember(new HistoryEntry(now, EXPORTED, null, by, 1));
    settings.countUp(Settings.DISCARDED_TOTAL);
    return true;
  }

  private void lookAnew(CustomerRow customer) {
    var view = views.view(customer);
    customer.searchText = searchText.of(view.change().values());
    changes.moved(customer, view.standing());
  }

  /**
   * Takes operations of another till over, or all or none of them. Those that are here already stay
   * as they are, but for one that was left to another till: it is to be delivered here again. Safe
   * to repeat. On the disk when it returns.
   *
   * @return how many are to be delivered here now and were not before
   */
  public int takeOver(List<Moving> moving, String by) {
    return commits.write(
        () -> {
          var taken = moving.stream().filter(each -> takeOver(each, by)).count();
          audit.append(by, "import", taken + " operations");
          return Math.toIntExact(taken);
        });
  }

  private boolean takeOver(Moving moving, String by) {
    var now = clock.instant();
    var here = operations.same(moving.ref(), moving.acceptedAt(), moving.requestDigest());
    if (here.isPresent()) {
      return takeBack(here.get(), now, by);
    }
    var parent = moving.change().parentRef();
    if (parent != null && moving.parentOdooId() != null) {
      customer(parent, true, moving.parentOdooId());
    }
    append(moving, customer(moving.ref(), moving.createdHere(), moving.odooId()), now, by);
    return true;
  }

  private boolean takeBack(OperationRow row, Instant now, String by) {
    var last = Content.readHistory(row.history);
    if (row.state() instanceof OperationState.Discarded discarded
        && !last.isEmpty()
        && last.getLast().event().equals(EXPORTED)
        && !row.content.equals(Content.NOTHING)) {
      changes.move(row, discarded.takenBack(now));
      row.remember(new HistoryEntry(now, IMPORTED, null, by, 1));
      lookAnew(customers.findById(row.ref));
      return true;
    }
    return false;
  }

  private CustomerRow customer(UUID ref, boolean createdHere, @Nullable Long odooId) {
    var customer = customers.findById(ref);
    if (customer == null) {
      customer = CustomerRow.of(ref, createdHere);
      customers.persist(customer);
    }
    if (odooId != null && customer.odooId == null) {
      customers.link(customer, odooId);
    }
    return customer;
  }

  private void append(Moving moving, CustomerRow customer, Instant now, String by) {
    var row = new OperationRow();
    row.seq = numbers.next();
    row.ref = customer.ref;
    row.kind = moving.kind();
    row.content = Content.write(moving.change());
    var base = moving.base();
    row.base = base == null ? null : Content.write(new CustomerChange(base, null));
    row.parentRef = moving.change().parentRef();
    row.till = moving.till();
    row.cashier = moving.cashier();
    row.acceptedAt = moving.acceptedAt();
    row.acceptedOdooId = moving.odooId();
    row.idempotencyKey = free(moving.idempotencyKey());
    row.requestDigest = moving.requestDigest();
    row.moveTo(OperationState.Pending.accepted(now));
    row.remember(new HistoryEntry(now, IMPORTED, null, by, 1));
    if (moving.maybeDelivered()) {
      row.remember(now, OperationRow.RESTORED, null);
    }
    operations.persist(row);
    changes.accepted(row, customer);
    lookAnew(customer);
  }

  /** Another operation of this till may have it; which of the two is repeated then is not known. */
  private @Nullable UUID free(@Nullable UUID idempotencyKey) {
    return idempotencyKey == null || operations.withKey(idempotencyKey).isPresent()
        ? null
        : idempotencyKey;
  }
}
