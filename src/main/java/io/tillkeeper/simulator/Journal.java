package io.tillkeeper.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** What arrived, for tests to read and to wait for. */
final class Journal {

  private final List<ReceivedCall> calls = new ArrayList<>();
  private int held;

  synchronized void received(ReceivedCall call) {
    calls.add(call);
    notifyAll();
  }

  synchronized void held(int change) {
    held += change;
    notifyAll();
  }

  synchronized int held() {
    return held;
  }

  synchronized List<ReceivedCall> calls() {
    return List.copyOf(calls);
  }

  synchronized long count(String name) {
    return calls.stream().filter(call -> call.name().equals(name)).count();
  }

  synchronized void clear() {
    calls.clear();
  }

  void awaitCalls(String name, int count, Duration timeout) {
    await(() -> count(name) >= count, timeout, count + " calls of " + name);
  }

  void awaitHeld(int count, Duration timeout) {
    await(() -> held >= count, timeout, count + " calls held");
  }

  void awaitNoneHeld(Duration timeout) {
    await(() -> held == 0, timeout, "no call held");
  }

  private synchronized void await(BooleanSupplier met, Duration timeout, String what) {
    long end = System.nanoTime() + timeout.toNanos();
    try {
      while (!met.getAsBoolean()) {
        long left = (end - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new IllegalStateException("not within " + timeout + ": " + what);
        }
        wait(left);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for " + what, interrupted);
    }
  }
}
