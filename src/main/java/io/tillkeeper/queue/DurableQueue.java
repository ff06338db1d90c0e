package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The queue in the embedded database. All writing goes through {@link GroupCommit}; reading sees
 * what is committed.
 */
@ApplicationScoped
class DurableQueue implements OperationQueue {

  private final GroupCommit commits;
  private final OperationRows operations;
  private final CustomerRows customers;
  private final CustomerViews views;
  private final AcceptStep acceptStep;
  private final AcceptAllStep acceptAllStep;
  private final PickStep pickStep;
  private final SettleStep settleStep;
  private final DecideStep decideStep;
  private final Settings settings;
  private final SearchText searchText;
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
      Settings settings,
      SearchText searchText,
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
    this.settings = settings;
    this.searchText = searchText;
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

  @Override
  @Transactional
  public Optional<Operation> operation(long seq) {
    return operations.findByIdOptional(seq).map(OperationRow::toOperation);
  }

  @Override
  @Transactional
  public List<Operation> operations(
      @Nullable String state, @Nullable CustomerAddress customer, long after, int limit) {
    if (customer == null) {
      return page(state, null, after, limit);
    }
    return customers.at(customer).map(row -> page(state, row.ref, after, limit)).orElse(List.of());
  }

  private List<Operation> page(@Nullable String state, @Nullable UUID ref, long after, int limit) {
    return operations.page(state, ref, after, limit).stream()
        .map(OperationRow::toOperation)
        .toList();
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
          customers.withRefs(rows.stream().map(row -> row.ref).collect(Collectors.toSet()));
          rows.forEach(
              row -> settleStep.settle(row, Objects.requireNonNull(outcomes.get(row.seq))));
          return rows.size();
        });
  }

  @Override
  public Decided decide(long seq, Decision decision) {
    return commits.write(() -> decideStep.decide(seq, decision));
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

  private static void recover(OperationRow row, Instant now) {
    if (row.state() instanceof OperationState.Sending sending) {
      row.moveTo(sending.recovered(now));
      row.remember(now, "recovered", null);
    }
  }

  @Override
  public void hasten() {
    commits.write(() -> operations.hasten(clock.instant()));
  }

  @Override
  @Transactional
  public Optional<Instant> nextDue() {
    return operations.nextDue(clock.instant());
  }

  @Override
  @Transactional
  public QueueCounts counts() {
    return new QueueCounts(
        operations.countIn("pending"),
        operations.countIn("sending"),
        operations.countIn("held"),
        operations.oldestWaiting().orElse(null),
        settings.count(Settings.DELIVERED_TOTAL),
        settings.count(Settings.DISCARDED_TOTAL));
  }
}
