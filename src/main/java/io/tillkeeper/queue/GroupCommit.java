package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tillkeeper.storage.Damage;
import io.tillkeeper.storage.DiskTrouble;
import io.tillkeeper.storage.Running;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * All writing to the database, one transaction at a time, shared by those who wait: a commit costs
 * synchronous writes to the disk, so whoever comes while one is being made travels with the next.
 * That also makes the order of commits the order of the sequence.
 */
@ApplicationScoped
class GroupCommit {

  /** A bound on what is lost to one failing among many, not a tuning knob. */
  private static final int LARGEST_GROUP = 64;

  private final Changes changes;
  private final Running running;
  private final ConcurrentLinkedQueue<Write<?>> waiting = new ConcurrentLinkedQueue<>();
  private final ReentrantLock oneAtATime = new ReentrantLock(true);

  /** When the commit under way began; 0 when there is none. */
  private volatile long began;

  GroupCommit(Changes changes, Running running) {
    this.changes = changes;
    this.running = running;
  }

  /**
   * Runs a piece of work in a transaction and returns its result after the commit is on the disk.
   * The work may be run twice, when another in its group failed; the first run is then undone.
   */
  <T> T write(Supplier<T> work) {
    var mine = new Write<>(work, new CompletableFuture<>());
    waiting.add(mine);
    while (!mine.result.isDone()) {
      oneAtATime.lock();
      try {
        if (!mine.result.isDone()) {
          began = System.nanoTime();
          commit(next());
        }
      } finally {
        began = 0;
        oneAtATime.unlock();
      }
    }
    try {
      return mine.result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Does something while nobody writes, and all that was written has been told. */
  void alone(Runnable work) {
    oneAtATime.lock();
    try {
      work.run();
    } finally {
      oneAtATime.unlock();
    }
  }

  /** How long the commit under way has taken so far; zero when there is none. */
  Duration underWay() {
    var start = began;
    return start == 0 ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - start);
  }

  private List<Write<?>> next() {
    var group = new ArrayList<Write<?>>();
    for (var write = waiting.poll(); write != null; write = waiting.poll()) {
      group.add(write);
      if (group.size() == LARGEST_GROUP) {
        break;
      }
    }
    return group;
  }

  private void commit(List<Write<?>> group) {
    try {
      commitOrSplit(group);
    } catch (Error e) {
      group.forEach(write -> write.result.completeExceptionally(e)); // or they would wait for ever
      throw e;
    }
  }

  private void commitOrSplit(List<Write<?>> group) {
    try {
      var announcements = new ArrayList<Runnable>();
      changes.begin();
      QuarkusTransaction.requiringNew()
          .run(() -> group.forEach(write -> announcements.add(write.run())));
      changes.committed();
      DiskTrouble.over();
      announcements.forEach(Runnable::run);
    } catch (RuntimeException e) {
      // those that are tried again one by one meet a database that is closed because of it
      DiskTrouble.lookForDamage(e);
      if (group.size() == 1) {
        if (Damage.isOfRow(e)) {
          running.startAnew("Something in the database is not as it was written");
        }
        group.getFirst().result.completeExceptionally(e);
      } else {
        group.forEach(write -> commit(List.of(write)));
      }
    }
  }

  /** One piece of work that waits for its commit. */
  private record Write<T>(Supplier<T> work, CompletableFuture<T> result) {

    /** Does the work, and returns what tells the one who waits, to be run after the commit. */
    Runnable run() {
      var value = work.get();
      return () -> result.complete(value);
    }
  }
}
