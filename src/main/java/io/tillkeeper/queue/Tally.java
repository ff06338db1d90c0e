package io.tillkeeper.queue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.queue.QueueChange.OperationMoved;
import io.tillkeeper.storage.DiskTrouble;
import io.tillkeeper.storage.Pulse;
import io.tillkeeper.storage.Running;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * How many operations are where. Counted once, as they were at the start, and then kept in step
 * with the commits: asking costs nothing however long the queue is, and the numbers are always
 * those of one moment. The start does not wait for the count; who asks before it is done does.
 */
@ApplicationScoped
class Tally {

  private static final Logger LOG = Logger.getLogger(Tally.class);

  /** When the database is open, and nothing is written to the queue yet. */
  private static final int EARLY = Interceptor.Priority.PLATFORM_BEFORE + 2;

  private final DataSource database;
  private final Running running;
  private volatile FutureTask<Numbers> counted = new FutureTask<>(() -> Numbers.NONE);

  /** What the commits have changed since. */
  private volatile Numbers moved = Numbers.NONE;

  Tally(DataSource database, Running running) {
    this.database = database;
    this.running = running;
  }

  /** The numbers of one moment, or how they have changed. */
  record Numbers(
      long accepted, long pending, long sending, long held, long delivered, long discarded) {

    private static final Numbers NONE = new Numbers(0, 0, 0, 0, 0, 0);

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

    private Numbers plus(Numbers more) {
      return new Numbers(
          accepted + more.accepted,
          pending + more.pending,
          sending + more.sending,
          held + more.held,
          delivered + more.delivered,
          discarded + more.discarded);
    }
  }

  void start(@Observes @Priority(EARLY) StartupEvent event, Pulse pulse) {
    begin();
    // as long as a moment of the past is kept, each commit takes longer than the one before
    pulse.afterStart(this::run);
  }

  /** In a thread of its own: whoever asks may be in a transaction. Nothing where it was run. */
  private void run() {
    if (!counted.isDone()) {
      Thread.ofPlatform().daemon().name("tillkeeper-count").start(counted);
    }
  }

  /** Counts anew; for who is sure that nobody writes meanwhile. */
  void count() {
    begin();
    counted.run();
  }

  /** Has counted what is in the database now, while nobody writes to it. */
  void begin() {
    try {
      var now = Snapshot.of(database);
      counted.run(); // gives up the moment that was to be counted before
      counted = new FutureTask<>(() -> numbers(now));
      moved = Numbers.NONE;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Numbers numbers(Snapshot queue) throws SQLException {
    try (queue) {
      var pending = queue.operations("pending");
      var sending = queue.operations("sending");
      var held = queue.operations("held");
      var delivered = queue.setting(Settings.DELIVERED_TOTAL);
      var discarded = queue.setting(Settings.DISCARDED_TOTAL);
      var accepted = pending + sending + held + delivered + discarded;
      return new Numbers(accepted, pending, sending, held, delivered, discarded);
    } catch (SQLException | RuntimeException e) {
      DiskTrouble.lookForDamage(e);
      if (!DiskTrouble.isDisk(e)) {
        running.startAnew("What is in the queue cannot be counted");
      }
      throw e;
    }
  }

  /**
   * Waits until it is counted.
   *
   * @return false when the disk failed meanwhile: the database closed itself, and the moment that
   *     was to be counted went with it
   */
  boolean isCounted() {
    try {
      base();
      return true;
    } catch (ExecutionException e) {
      LOG.debug("The queue was not counted.", e);
      return false;
    }
  }

  /** The database is not closed under who counts. */
  void stop(@Observes ShutdownEvent event) {
    isCounted();
  }

  /** The numbers as of the last commit. */
  Numbers numbers() {
    try {
      return base().plus(moved);
    } catch (ExecutionException e) {
      throw new IllegalStateException("the queue could not be counted", e.getCause());
    }
  }

  /** What was counted, when it is. */
  private Numbers base() throws ExecutionException {
    try {
      run();
      return counted.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted while the queue is counted", e);
    }
  }

  /** A commit is on the disk; called by one thread at a time. */
  void follow(List<QueueChange> changes) {
    var next = moved;
    for (var change : changes) {
      if (change instanceof OperationMoved one) {
        next = next.after(one);
      }
    }
    moved = next;
  }
}
