package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(TestBox.class)
class DurableQueueQuarkusTest {

  @Inject OperationQueue queue;
  @Inject GroupCommit commits;
  @Inject OperationRows rows;
  @Inject Settings settings;
  @Inject EmptyQueue empty;
  @Inject TestClock clock;

  @BeforeEach
  void begin() {
    empty.now();
  }

  private UUID create(Map<String, Object> values) {
    var ref = UUID.randomUUID();
    accept(OperationKind.CREATE, new CustomerAddress.ByRef(ref), values);
    return ref;
  }

  private Accepted.Receipt accept(
      OperationKind kind, CustomerAddress customer, Map<String, Object> values) {
    return (Accepted.Receipt) queue.accept(acceptance(kind, customer, values, null));
  }

  private static Acceptance acceptance(
      OperationKind kind,
      CustomerAddress customer,
      Map<String, Object> values,
      @Nullable UUID key) {
    return new Acceptance(
        kind,
        customer,
        CustomerChange.read(values),
        null,
        null,
        null,
        key,
        new UUID(customer.hashCode(), values.hashCode()));
  }

  private void settle(long seq, Outcome outcome) {
    queue.settle(Map.of(seq, outcome));
  }

  private static Outcome delivered(long odooId) {
    return new Outcome.Delivered(odooId, CustomerValues.NONE, Findings.NONE);
  }

  private List<Long> picked() {
    return queue.pick(100).stream()
        .flatMap(shipment -> shipment.operations().stream())
        .map(Operation::seq)
        .toList();
  }

  @Test
  void consecutiveOperationsOfALaneArePickedAsOneInOrder() {
    var ref = new CustomerAddress.ByRef(create(Map.of("name", "Ana", "zip", "24001")));
    accept(OperationKind.UPDATE, ref, Map.of("city", "Leon"));
    accept(OperationKind.UPDATE, ref, Map.of("city", "León"));

    var shipment = queue.pick(100).getFirst();

    assertThat(shipment.kind()).isEqualTo(OperationKind.CREATE);
    assertThat(shipment.operations()).extracting(Operation::seq).isSorted().hasSize(3);
    assertThat(shipment.values().toJson())
        .isEqualTo(Map.of("name", "Ana", "zip", "24001", "city", "León"));
    assertThat(queue.pick(100)).isEmpty();
  }

  @Test
  void aCreateThatWasSentBeforeTravelsAlone() {
    var ref = new CustomerAddress.ByRef(create(Map.of("name", "Ana")));
    var create = picked().getFirst();
    accept(OperationKind.UPDATE, ref, Map.of("city", "León"));
    settle(create, new Outcome.Unavailable("timeout", clock.instant()));

    assertThat(picked()).containsExactly(create);
  }

  @Test
  void changesThatWereSentBeforeTravelAsTheyDidThen() {
    var ref = new CustomerAddress.ByOdooId(7);
    var first = accept(OperationKind.UPDATE, ref, Map.of("city", "Leon")).seq();
    var second = accept(OperationKind.UPDATE, ref, Map.of("city", "León")).seq();
    assertThat(picked()).containsExactly(first, second);
    var unanswered = new Outcome.Unavailable("timeout", clock.instant(), true);
    queue.settle(Map.of(first, unanswered, second, unanswered));
    var third = accept(OperationKind.UPDATE, ref, Map.of("city", "Lugo")).seq();

    assertThat(picked()).containsExactly(first, second);
    queue.settle(Map.of(first, delivered(7), second, delivered(7)));
    assertThat(picked()).containsExactly(third);
  }

  @Test
  void whatHasNotBeenInOdooTravelsWithWhatCameAfterIt() {
    var ref = new CustomerAddress.ByOdooId(7);
    var first = accept(OperationKind.UPDATE, ref, Map.of("vat", "ES1")).seq();
    assertThat(picked()).containsExactly(first);
    settle(first, new Outcome.Unavailable("refused", clock.instant()));
    var correction = accept(OperationKind.UPDATE, ref, Map.of("vat", "ES12345678Z")).seq();

    assertThat(picked()).containsExactly(first, correction);
  }

  @Test
  void whatAnotherTillMayHaveDeliveredTravelsWithoutWhatCameAfterIt() {
    var ref = new CustomerAddress.ByOdooId(7);
    var first = accept(OperationKind.UPDATE, ref, Map.of("city", "Leon")).seq();
    commits.write(
        () -> {
          rows.findById(first).remember(clock.instant(), OperationRow.SHARED, null);
          return first;
        });
    accept(OperationKind.UPDATE, ref, Map.of("city", "León"));

    assertThat(picked()).containsExactly(first);
  }

  @Test
  void nothingPassesAHeldOperationOfItsCustomer() {
    var ref = new CustomerAddress.ByOdooId(7);
    var first = accept(OperationKind.UPDATE, ref, Map.of("city", "Leon")).seq();
    var held = accept(OperationKind.UPDATE, ref, Map.of("city", "León")).seq();
    accept(OperationKind.UPDATE, ref, Map.of("city", "Lugo"));
    hold(held);

    assertThat(picked()).containsExactly(first);
    settle(first, delivered(7));
    assertThat(picked()).isEmpty();
  }

  /** As it is where an operation before it has come back from another till. */
  private void hold(long seq) {
    commits.write(
        () -> {
          rows.findById(seq)
              .moveTo(
                  new OperationState.Held(
                      clock.instant(), new Hold(HeldReason.REJECTED, null, "no")));
          return seq;
        });
  }

  @Test
  void whatIsAcceptedWhileItsLaneIsBeingSentWaits() {
    var ref = new CustomerAddress.ByRef(create(Map.of("name", "Ana")));
    var first = picked();
    var second = accept(OperationKind.UPDATE, ref, Map.of("city", "León"));

    assertThat(picked()).isEmpty();
    settle(first.getFirst(), delivered(7));
    assertThat(picked()).containsExactly(second.seq());
  }

  @Test
  void whatWasNotSentAfterAllIsPickedAgainAsIfNothingHadBeen() {
    create(Map.of("name", "Ana"));
    var seq = picked();

    settle(seq.getFirst(), new Outcome.PutBack());

    assertThat(queue.operation(seq.getFirst()).orElseThrow().history()).hasSize(1);
    assertThat(picked()).isEqualTo(seq);
  }

  @Test
  void anUpdateKeepsWhatTheCashierSaw() {
    var ref = new CustomerAddress.ByRef(create(Map.of("name", "Ana", "city", "Leon")));
    var update = accept(OperationKind.UPDATE, ref, Map.of("city", "León", "zip", "24001")).seq();

    assertThat(queue.operation(update).orElseThrow().base().fields())
        .isEqualTo(Map.of("city", new FieldValue.Text("Leon"), "zip", new FieldValue.Empty()));
  }

  @Test
  void ofACustomerThatComesFromElsewhereOnlyWhatIsKnownWasSeen() {
    var elsewhere = new CustomerAddress.ByOdooId(42);
    accept(OperationKind.UPDATE, elsewhere, Map.of("city", "Leon"));
    var update =
        accept(OperationKind.UPDATE, elsewhere, Map.of("city", "León", "zip", "24001")).seq();

    assertThat(queue.operation(update).orElseThrow().base().fields())
        .isEqualTo(Map.of("city", new FieldValue.Text("Leon")));
  }

  @Test
  void aHeldOperationHoldsItsOwnLaneOnly() {
    var ref = create(Map.of("name", "Ana"));
    accept(OperationKind.UPDATE, new CustomerAddress.ByRef(ref), Map.of("city", "León"));
    settle(picked().getFirst(), new Outcome.Held(new Hold(HeldReason.REJECTED, null, "no")));
    create(Map.of("name", "Bruno"));

    assertThat(queue.pick(100))
        .singleElement()
        .extracting(shipment -> shipment.operations().getFirst().change().values().text("name"))
        .isEqualTo(Optional.of("Bruno"));
    assertThat(queue.customer(new CustomerAddress.ByRef(ref)).orElseThrow().standing())
        .isEqualTo(Customer.Standing.HELD);
  }

  @Test
  void aContactWaitsUntilItsCompanyIsInOdoo() {
    var company = create(Map.of("name", "Company"));
    create(Map.of("name", "Contact", "parentRef", company.toString()));

    var first = picked();
    assertThat(first).hasSize(1);
    settle(first.getFirst(), delivered(7));

    assertThat(queue.pick(100))
        .singleElement()
        .satisfies(
            shipment ->
                assertThat(shipment.values().fields())
                    .containsEntry("parent_id", new FieldValue.Reference(7)));
  }

  @Test
  void anOperationThatGotNoAnswerWaitsForItsTimeUnlessAPersonIsInAHurry() {
    create(Map.of("name", "Ana"));
    var seq = picked().getFirst();
    var due = clock.instant().plus(Duration.ofMinutes(1));
    settle(seq, new Outcome.Unavailable("timeout", due));

    assertThat(picked()).isEmpty();
    assertThat(queue.nextDue()).contains(due);
    queue.hasten();
    assertThat(picked()).containsExactly(seq);
    settle(seq, new Outcome.Unavailable("timeout", clock.instant().plusSeconds(60)));
    clock.advance(Duration.ofMinutes(1));
    assertThat(picked()).containsExactly(seq);
  }

  @Test
  void aLongOutageIsOneEntryOfTheHistory() {
    create(Map.of("name", "Ana"));
    for (var round = 0; round < 5; round++) {
      settle(picked().getFirst(), new Outcome.Unavailable("timeout", clock.instant()));
    }
    settle(picked().getFirst(), delivered(7));

    var operation = queue.operations(null, null, 0, 1).getFirst();

    assertThat(operation.history())
        .extracting(HistoryEntry::event, HistoryEntry::detail, HistoryEntry::times)
        .containsExactly(
            tuple("accepted", null, 1),
            tuple("unavailable", "timeout", 5),
            tuple("delivered", null, 1));
  }

  @Test
  void whatWasBeingSentWhenTheProcessEndedIsSentAgain() {
    create(Map.of("name", "Ana"));
    var seq = picked();

    assertThat(queue.recover()).isEqualTo(1);

    assertThat(picked()).isEqualTo(seq);
    assertThat(queue.operation(seq.getFirst()).orElseThrow().history())
        .extracting(HistoryEntry::event)
        .containsExactly("accepted", "recovered");
  }

  @Test
  void onlyWhatIsBeingSentCanBeSettled() {
    var ref = create(Map.of("name", "Ana"));
    var seq = queue.operations(null, new CustomerAddress.ByRef(ref), 0, 1).getFirst().seq();

    assertThatThrownBy(() -> settle(seq, delivered(7))).isInstanceOf(IllegalStateException.class);

    assertThat(queue.operation(seq).orElseThrow().state())
        .isInstanceOf(OperationState.Pending.class);
  }

  @Test
  void aCustomerNamedByItsIdInOdooIsTheOneThatWasCreatedHere() {
    var ref = create(Map.of("name", "Ana"));
    settle(picked().getFirst(), delivered(7));

    var receipt =
        accept(OperationKind.UPDATE, new CustomerAddress.ByOdooId(7), Map.of("city", "León"));

    assertThat(receipt.ref()).isEqualTo(ref);
    assertThat(receipt.odooId()).isEqualTo(7);
  }

  @Test
  void everyOperationIsCountedInExactlyOnePlace() {
    for (var name : List.of("A", "B", "C", "D")) {
      create(Map.of("name", name));
    }
    var seqs = new ArrayList<>(picked());
    settle(seqs.get(0), delivered(7));
    settle(seqs.get(1), new Outcome.Held(new Hold(HeldReason.REJECTED, null, "no")));
    settle(seqs.get(2), new Outcome.Unavailable("timeout", clock.instant()));

    assertThat(queue.counts())
        .satisfies(
            counts -> {
              assertThat(counts.pending()).isEqualTo(1);
              assertThat(counts.sending()).isEqualTo(1);
              assertThat(counts.held()).isEqualTo(1);
              assertThat(counts.deliveredTotal()).isEqualTo(1);
              assertThat(counts.allDelivered()).isFalse();
            });
  }

  @Test
  void theSequenceIsTheOrderInWhichConcurrentAcceptsWereAcknowledged() throws Exception {
    var ref = new CustomerAddress.ByRef(create(Map.of("name", "Ana")));
    var clients = 8;
    var start = new CountDownLatch(1);
    try (var threads = Executors.newFixedThreadPool(clients)) {
      List<Future<List<Long>>> seqs = new ArrayList<>();
      for (var client = 0; client < clients; client++) {
        seqs.add(threads.submit(sender(ref, client, start)));
      }
      start.countDown();
      for (var each : seqs) {
        assertThat(each.get()).isSorted();
      }
    }
    assertThat(queue.operations(null, ref, 0, 1000)).hasSize(clients * 20 + 1);
  }

  private Callable<List<Long>> sender(CustomerAddress ref, int client, CountDownLatch start) {
    return () -> {
      start.await();
      var seqs = new ArrayList<Long>();
      for (var n = 0; n < 20; n++) {
        seqs.add(accept(OperationKind.UPDATE, ref, Map.of("city", client + "/" + n)).seq());
      }
      return seqs;
    };
  }

  @Test
  void oneWhoFailsInAGroupDoesNotUndoTheOthers() throws Exception {
    var results = new HashMap<Integer, Future<String>>();
    try (var threads = Executors.newFixedThreadPool(8)) {
      for (var n = 0; n < 40; n++) {
        var number = n;
        results.put(n, threads.submit(() -> commits.write(() -> write(number))));
      }
    }
    for (var n = 0; n < 40; n++) {
      var result = results.get(n);
      if (n % 5 == 0) {
        assertThatThrownBy(result::get)
            .isInstanceOf(ExecutionException.class)
            .hasRootCauseMessage("number " + n);
      } else {
        assertThat(result.get()).isEqualTo("done " + n);
      }
    }
    assertThat(settings.get("number-0")).isEmpty();
    assertThat(settings.get("number-1")).contains("done 1");
  }

  private String write(int number) {
    if (number % 5 == 0) {
      throw new IllegalArgumentException("number " + number);
    }
    settings.set("number-" + number, "done " + number);
    return "done " + number;
  }
}
