package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tillkeeper.customer.CustomerAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The queue in the embedded database. All writing goes through {@link GroupCommit}; reading sees
 * what is committed.
 */
@ApplicationScoped
class DurableQueue implements OperationQueue {

  /** A commit is not to keep a till waiting. */
  private static final int LARGEST_BATCH = 500;

  /** A bound on what a look at the history costs. */
  private static final int LONGEST_TRAFFIC = 50_000;

  private final GroupCommit commits;
  private final OperationRows operations;
  private final CustomerRows customers;
  private final CustomerViews views;
  private final AcceptStep acceptStep;
  private final AcceptAllStep acceptAllStep;
  private final PickStep pickStep;
  private final SettleStep settleStep;
  private final DecideStep decideStep;
  private final EraseStep eraseStep;
  private final Erasures erasures;
  private final SearchText searchText;
  private final Changes changes;
  private final Tally tally;
  private final InstantSource clock;

  DurableQueue(
      GroupCommit commits,
      OperationRows operations,
      CustomerRows customers,
      CustomerViews views,
      AcceptStep acceptStep,
      AcceptAllStep acceptAllStep,
      PickStep pickStep,
      SettleStep settleStep,
      DecideStep decideStep,
      EraseStep eraseStep,
      Erasures erasures,
      SearchText searchText,
      Changes changes,
      Tally tally,
      InstantSource clock) {
    this.commits = commits;
    this.operations = operations;
    this.customers = customers;
    this.views = views;
    this.acceptStep = acceptStep;
    this.acceptAllStep = acceptAllStep;
    this.pickStep = pickStep;
    this.settleStep = settleStep;
    this.decideStep = decideStep;
    this.eraseStep = eraseStep;
    this.erasures = erasures;
    this.searchText = searchText;
    this.changes = changes;
    this.tally = tally;
    this.clock = clock;
  }

  @Override
  public Accepted accept(Acceptance acceptance) {
    return commits.write(() -> acceptStep.accept(acceptance));
  }

  @Override
  public List<Accepted> acceptAll(List<Acceptance> acceptances) {
    try {
      return commits.write(() -> acceptAllStep.accept(acceptances));
    } catch (AcceptAllStep.Refused e) {
      return List.of(e.why());
    }
  }

  /** In turn with those who write: what can be seen already need not be on the disk yet. */
  @Override
  public Optional<List<Accepted.Receipt>> receipts(List<Acceptance> acceptances) {
    var receipts =
        commits.write(
            () ->
                acceptances.stream()
                    .flatMap(acceptance -> acceptStep.repeated(acceptance).stream())
                    .filter(Accepted.Receipt.class::isInstance)
                    .map(Accepted.Receipt.class::cast)
                    .toList());
    return receipts.size() == acceptances.size() ? Optional.of(receipts) : Optional.empty();
  }

  @Override
  @Transactional
  public Optional<Operation> operation(long seq) {
    return operations.findByIdOptional(seq).map(OperationRow::toOperation);
  }

  @Override
  @Transactional
  public List<Operation> operations(
      @Nullable String state, @Nullable CustomerAddress customer, long after, int limit) {
    return ofCustomer(customer, ref -> operations.page(state, ref, after, limit));
  }

  @Override
  @Transactional
  public List<Operation> newestOperations(
      @Nullable String state, @Nullable CustomerAddress customer, long before, int limit) {
    return ofCustomer(customer, ref -> operations.newestPage(state, ref, before, limit));
  }

  @Override
  @Transactional
  public List<Operation> operationsOf(List<UUID> refs) {
    return operations.of(refs).stream().map(OperationRow::toOperation).toList();
  }

  private List<Operation> ofCustomer(
      @Nullable CustomerAddress customer, Function<@Nullable UUID, List<OperationRow>> page) {
    var rows =
        customer == null
            ? page.apply(null)
            : customers.at(customer).map(row -> page.apply(row.ref)).orElse(List.of());
    return rows.stream().map(OperationRow::toOperation).toList();
  }

  @Override
  @Transactional
  public Optional<Customer> customer(CustomerAddress address) {
    return customers.at(address).map(views::view);
  }

  @Override
  @Transactional
  public Map<UUID, Long> odooIds(List<UUID> refs) {
    return customers.odooIds(refs);
  }

  @Override
  @Transactional
  public Map<UUID, Long> localIds(List<UUID> refs) {
    return customers.localIds(refs);
  }

  @Override
  @Transactional
  public List<Customer> search(String text, int limit) {
    var needles = searchText.needles(text);
    return needles.isEmpty() ? List.of() : views.views(customers.containing(needles, limit));
  }

  @Override
  public List<Shipment> pick(int limit) {
    return commits.write(() -> pickStep.pick(limit));
  }

  @Override
  public void settle(Map<Long, Outcome> outcomes) {
    commits.write(
        () -> {
          var rows = operations.withSeqs(outcomes.keySet());
          // read at once, so that they are at hand when each is settled
          customers.withRefs(refs(rows.stream()));
          rows.forEach(
              row -> settleStep.settle(row, Objects.requireNonNull(outcomes.get(row.seq))));
          views
              .standings(customers.withRefs(refs(rows.stream().filter(OperationRow::isDecided))))
              .forEach(changes::moved);
          return rows.size();
        });
  }

  private static Set<UUID> refs(Stream<OperationRow> rows) {
    return rows.map(row -> row.ref).collect(Collectors.toSet());
  }

  @Override
  public Decided decide(long seq, Decision decision) {
    return commits.write(() -> decideStep.decide(seq, decision));
  }

  /** Who is meant is looked up before: it can take long, and a till is not to wait for it. */
  @Override
  public Erased erase(ErasureRequest request, String by) {
    var refs = QuarkusTransaction.requiringNew().call(() -> eraseStep.refs(request));
    var last = QuarkusTransaction.requiringNew().call(operations::lastSeq);
    erasures.add(refs, last);
    return commits.write(() -> eraseStep.erase(refs, last, by));
  }

  @Override
  public int retryAll(HeldReason reason, String by) {
    return commits.write(() -> decideStep.retryAll(reason, by));
  }

  @Override
  public int recover() {
    return commits.write(
        () -> {
          var now = clock.instant();
          var rows = operations.sending();
          rows.forEach(row -> recover(row, now));
          return rows.size();
        });
  }

  private void recover(OperationRow row, Instant now) {
    if (row.state() instanceof OperationState.Sending sending) {
      changes.move(row, sending.recovered(now));
      row.remember(now, OperationRow.RECOVERED, null);
    }
  }

  /** What is to be hastened is looked up while others may write: it can take long. */
  @Override
  public void hasten() {
    var now = clock.instant();
    for (var seqs = postponed(now, 0); !seqs.isEmpty(); ) {
      var batch = seqs;
      commits.write(() -> operations.hasten(batch, now));
      seqs = postponed(now, batch.getLast());
    }
  }

  private List<Long> postponed(Instant now, long after) {
    return QuarkusTransaction.requiringNew()
        .call(() -> operations.postponed(now, after, LARGEST_BATCH));
  }

  @Override
  @Transactional
  public Optional<Instant> nextDue() {
    return operations.nextDue(clock.instant());
  }

  @Override
  @Transactional
  public QueueCounts counts() {
    var numbers = numbers();
    return new QueueCounts(
        numbers.accepted(),
        numbers.pending(),
        numbers.sending(),
        numbers.held(),
        numbers.pending() + numbers.sending() == 0 ? null : operations.oldestWaiting().orElse(null),
        numbers.delivered(),
        numbers.discarded());
  }

  private Tally.Numbers numbers() {
    if (!tally.isCounted()) {
      commits.alone(this::countAgain);
    }
    return tally.numbers();
  }

  /** Unless another has begun with it; not in the transaction of who asks. */
  private void countAgain() {
    if (!tally.isCounted()) {
      QuarkusTransaction.suspendingExisting().run(tally::begin);
    }
  }

  @Override
  @Transactional
  public Map<HeldReason, Long> heldByReason() {
    return numbers().held() == 0 ? Map.of() : operations.heldByReason();
  }

  @Override
  @Transactional
  public Traffic traffic(Instant from) {
    return new Traffic(
        operations.acceptedAfter(from, LONGEST_TRAFFIC),
        operations.deliveredAfter(from, LONGEST_TRAFFIC));
  }
}
