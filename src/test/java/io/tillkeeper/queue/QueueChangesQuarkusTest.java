package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.queue.QueueChange.CustomerMoved;
import io.tillkeeper.queue.QueueChange.OperationMoved;
import io.tillkeeper.storage.Pulse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the queue tells of itself: every change once, in the order of the commits; and its numbers.
 */
@QuarkusTest
@WithTestResource(TestBox.class)
class QueueChangesQuarkusTest {

  private static final int TILLS = 6;
  private static final int CUSTOMERS = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long SEED = 20260301;

  @Inject OperationQueue queue;
  @Inject EmptyQueue empty;
  @Inject Tally tally;
  @Inject Listener listener;
  @Inject TestClock clock;
  @Inject DataSource database;

  /** Keeps what it is told. */
  @ApplicationScoped
  static class Listener {

    private final List<QueueChange> told = new CopyOnWriteArrayList<>();
    private @Nullable RuntimeException trouble;

    void changed(@Observes QueueChanged changed) {
      told.addAll(changed.changes());
      if (trouble != null) {
        throw trouble;
      }
    }

    List<QueueChange> told() {
      return told;
    }

    void makeTrouble(@Nullable RuntimeException fault) {
      trouble = fault;
    }
  }

  @BeforeEach
  void begin() {
    empty.now();
    listener.makeTrouble(null);
    listener.told().clear();
  }

  private UUID create(String name) {
    var ref = UUID.randomUUID();
    queue.accept(acceptance(OperationKind.CREATE, ref, Map.of("name", name)));
    return ref;
  }

  private static Acceptance acceptance(OperationKind kind, UUID ref, Map<String, Object> values) {
    return new Acceptance(
        kind,
        new CustomerAddress.ByRef(ref),
        CustomerChange.read(values),
        null,
        "till 1",
        null,
        null,
        new UUID(ref.hashCode(), values.hashCode()));
  }

  private List<String> story() {
    return listener.told().stream().map(QueueChangesQuarkusTest::line).toList();
  }

  private static String line(QueueChange change) {
    return switch (change) {
      case OperationMoved moved ->
          "%s %s>%s".formatted(moved.kind().code(), moved.from(), moved.state().code());
      case CustomerMoved moved -> "%s %s".formatted(moved.odooId(), moved.standing());
    };
  }

  @Test
  void theWayOfACustomerIsToldStepByStep() {
    var ref = create("Ana");
    queue.accept(acceptance(OperationKind.UPDATE, ref, Map.of("city", "León")));
    var seqs = queue.pick(1).getFirst().operations().stream().map(Operation::seq).toList();
    queue.settle(
        Map.of(
            seqs.get(0),
            new Outcome.Delivered(7, CustomerValues.NONE, Findings.NONE),
            seqs.get(1),
            new Outcome.Held(new Hold(HeldReason.REJECTED, "city", "no"))));
    queue.decide(seqs.get(1), new Decision.Retry(null, "Ana"));
    queue.pick(1);
    queue.recover();
    queue.pick(1);
    queue.settle(Map.of(seqs.get(1), new Outcome.Delivered(7, CustomerValues.NONE, Findings.NONE)));

    assertThat(story())
        .containsExactly(
            "create null>pending",
            "null WAITING",
            "update null>pending",
            "create pending>sending",
            "update pending>sending",
            "create sending>delivered",
            "update sending>held",
            "7 HELD",
            "update held>pending",
            "7 WAITING",
            "update pending>sending",
            "update sending>pending",
            "update pending>sending",
            "update sending>delivered",
            "7 DELIVERED");
    assertThat(listener.told().getFirst())
        .isEqualTo(
            new OperationMoved(
                seqs.getFirst(),
                OperationKind.CREATE,
                ref,
                null,
                "till 1",
                null,
                null,
                OperationState.Pending.accepted(clock.instant())));
  }

  @Test
  void whatWasNotAcceptedIsNotTold() {
    var ref = create("Ana");
    listener.told().clear();

    queue.accept(acceptance(OperationKind.CREATE, ref, Map.of("name", "Ana")));
    queue.accept(acceptance(OperationKind.UPDATE, UUID.randomUUID(), Map.of("city", "León")));
    queue.acceptAll(
        List.of(
            acceptance(OperationKind.CREATE, UUID.randomUUID(), Map.of("name", "Bruno")),
            acceptance(OperationKind.UPDATE, UUID.randomUUID(), Map.of("city", "León"))));

    assertThat(story()).isEmpty();
    assertThat(queue.counts().acceptedTotal()).isEqualTo(1);
  }

  @Test
  void whoListensBadlyHarmsNobody() {
    listener.makeTrouble(new IllegalStateException("a fault in a listener"));

    create("Ana");

    assertThat(queue.counts().pending()).isEqualTo(1);
    assertThat(story()).hasSize(2);
  }

  /** Several tills accept, one worker delivers, a person decides, and somebody always looks. */
  @Test
  void theNumbersAddUpAtEveryMomentAndTheStoriesAreWhole() throws Exception {
    var done = new AtomicBoolean();
    var looks = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var tills = new ArrayList<Future<?>>();
      for (var till = 0; till < TILLS; till++) {
        tills.add(threads.submit(this::acceptMany));
      }
      var worker = threads.submit(() -> deliverUntil(done));
      for (; tills.stream().anyMatch(till -> !till.isDone()); looks++) {
        assertAddUp(queue.counts());
      }
      for (var till : tills) {
        till.get();
      }
      done.set(true);
      worker.get();
    }

    assertThat(looks).isPositive();
    var followed = queue.counts();
    assertThat(followed.acceptedTotal()).isEqualTo(TILLS * CUSTOMERS * 2);
    assertAddUp(followed);
    empty.recount();
    assertThat(queue.counts()).isEqualTo(followed);
    assertStoriesAreWhole();
  }

  @Test
  void whatIsAcceptedWhileTheStartCountsIsCountedOnce() {
    create("Ana");
    tally.begin();
    create("Berta");

    assertThat(queue.counts().acceptedTotal()).isEqualTo(2);
    assertThat(queue.counts().pending()).isEqualTo(2);
  }

  @Test
  void whatTheDatabaseClosedItselfOverIsCountedAgain() throws SQLException {
    create("Ana");
    tally.begin();
    closeDatabase();
    create("Berta");

    assertThat(queue.counts().acceptedTotal()).isEqualTo(2);
    create("Carla");
    assertThat(queue.counts().pending()).isEqualTo(3);
  }

  /** As when the disk has failed. */
  private void closeDatabase() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    }
  }

  /** While it is kept, each commit goes through all that were made since. */
  @Test
  void theMomentOfTheStartIsGivenUpAlsoWhereNobodyAsks() {
    var later = new ArrayDeque<Runnable>();

    tally.start(new StartupEvent(), pulse(later));
    assertThat(momentsKept()).isOne();
    later.remove().run();

    Await.until(PATIENCE, () -> momentsKept() == 0, () -> momentsKept() + " are kept");
  }

  private long momentsKept() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select count(*) from information_schema.sessions where isolation_level = 'SNAPSHOT'")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Has what comes after the start wait for the test. */
  private static Pulse pulse(Queue<Runnable> later) {
    return new Pulse() {
      @Override
      public void afterStart(Runnable work) {
        later.add(work);
      }
    };
  }

  private void acceptMany() {
    for (var i = 0; i < CUSTOMERS; i++) {
      var ref = create("Customer " + i);
      queue.accept(acceptance(OperationKind.UPDATE, ref, Map.of("city", "City " + i)));
    }
  }

  private void deliverUntil(AtomicBoolean done) {
    var random = new Random(SEED);
    while (!done.get() || queue.counts().pending() > 0) {
      var outcomes = new HashMap<Long, Outcome>();
      for (var shipment : queue.pick(20)) {
        for (var operation : shipment.operations()) {
          outcomes.put(operation.seq(), outcome(random, operation.seq()));
        }
      }
      if (!outcomes.isEmpty()) {
        queue.settle(outcomes);
      }
      queue
          .operations("held", null, 0, 5)
          .forEach(
              held ->
                  queue.decide(
                      held.seq(),
                      random.nextBoolean()
                          ? new Decision.Retry(null, "Ana")
                          : new Decision.Discard("twice", "Ana")));
    }
  }

  private Outcome outcome(Random random, long seq) {
    return switch (random.nextInt(4)) {
      case 0 -> new Outcome.Held(new Hold(HeldReason.REJECTED, null, "no"));
      case 1 -> new Outcome.Unavailable("timeout", clock.instant());
      default -> new Outcome.Delivered(seq, CustomerValues.NONE, Findings.NONE);
    };
  }

  private static void assertAddUp(QueueCounts counts) {
    assertThat(
            counts.pending()
                + counts.sending()
                + counts.held()
                + counts.deliveredTotal()
                + counts.discardedTotal())
        .isEqualTo(counts.acceptedTotal());
  }

  /** Each operation goes on from where it was said to be. */
  private void assertStoriesAreWhole() {
    var last = new HashMap<Long, String>();
    for (var change : listener.told()) {
      if (change instanceof OperationMoved moved) {
        assertThat(last.put(moved.seq(), moved.state().code())).isEqualTo(moved.from());
      }
    }
    assertThat(last).hasSize(TILLS * CUSTOMERS * 2);
    queue
        .operations(null, null, 0, 1_000)
        .forEach(
            operation -> assertThat(last.get(operation.seq())).isEqualTo(operation.state().code()));
  }
}
