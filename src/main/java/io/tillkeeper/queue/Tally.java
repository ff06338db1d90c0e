package io.tillkeeper.queue;

import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.queue.QueueChange.OperationMoved;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many operations are where. Counted at the start and then kept in step with the commits:
 * asking costs nothing however long the queue is, and the numbers are always those of one moment.
 */
@ApplicationScoped
class Tally {

  /** When the database is open, and nothing is written to the queue yet. */
  private static final int EARLY = Interceptor.Priority.PLATFORM_BEFORE + 2;

  private final OperationRows operations;
  private final Settings settings;
  private volatile Numbers numbers = new Numbers(0, 0, 0, 0, 0, 0);

  Tally(OperationRows operations, Settings settings) {
    this.operations = operations;
    this.settings = settings;
  }

  /** The numbers of one moment. */
  record Numbers(
      long accepted, long pending, long sending, long held, long delivered, long discarded) {

    private Numbers after(OperationMoved moved) {
      var from = moved.from();
      var to = moved.state().code();
      return new Numbers(
          accepted + (from == null ? 1 : 0),
          pending + step("pending", from, to),
          sending + step("sending", from, to),
          held + step("held", from, to),
          delivered + step("delivered", from, to),
          discarded + step("discarded", from, to));
    }

    private static int step(String state, @Nullable String from, String to) {
      return (state.equals(to) ? 1 : 0) - (state.equals(from) ? 1 : 0);
    }
  }

  void start(@Observes @Priority(EARLY) StartupEvent event) {
    count();
  }

  /** Counts what is in the database, while nobody writes to it. */
  @Transactional
  void count() {
    var pending = operations.countIn("pending");
    var sending = operations.countIn("sending");
    var held = operations.countIn("held");
    var delivered = settings.count(Settings.DELIVERED_TOTAL);
    var discarded = settings.count(Settings.DISCARDED_TOTAL);
    var accepted = pending + sending + held + delivered + discarded;
    numbers = new Numbers(accepted, pending, sending, held, delivered, discarded);
  }

  /** The numbers as of the last commit. */
  Numbers numbers() {
    return numbers;
  }

  /** A commit is on the disk; called by one thread at a time. */
  void follow(List<QueueChange> changes) {
    var next = numbers;
    for (var change : changes) {
      if (change instanceof OperationMoved moved) {
        next = next.after(moved);
      }
    }
    numbers = next;
  }
}
