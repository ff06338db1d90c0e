package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Tills accept and change customers while Odoo loses answers and both the daemon and Odoo are
 * killed at random moments, again and again. In the end each customer is in Odoo exactly once, with
 * the last value that its till was told is safe.
 *
 * <p>{@code -Dtillkeeper.kills=1000} makes it longer.
 */
@Execution(ExecutionMode.CONCURRENT)
class KillsIT {

  private static final int KILLS = Integer.getInteger("tillkeeper.kills", 20);

  private static final int TILLS = 3;

  /** Between two kills at the most: enough to be in the middle of something, and not all day. */
  private static final int CALLS = 40;

  private static final Duration LIMIT = Duration.ofSeconds(120);

  /** A till that gets no answer does not ask again at once, and leaves the daemon time to start. */
  private static final Duration BETWEEN_CALLS = Duration.ofMillis(200);

  @TempDir Path storage;

  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Semaphore toDo = new Semaphore(0);
  private volatile Daemon daemon;
  private volatile boolean over;

  /** A customer as its till knows it: the number of the last change that is safe. */
  private static final class Known {

    private final UUID ref;
    private final String name;
    private int change;

    Known(UUID ref, String name) {
      this.ref = ref;
      this.name = name;
    }
  }

  @Test
  void whateverTheMomentOfAKillNothingIsLostAndNothingIsDoubled() throws Exception {
    var seed = Long.getLong("tillkeeper.it.seed", System.nanoTime());
    System.out.printf("KillsIT: -Dtillkeeper.it.seed=%d -Dtillkeeper.kills=%d%n", seed, KILLS);
    var random = new Random(seed);
    try (var odoo =
            Simulator.start(
                SimulatorOptions.odoo("19.0").withProcessingTime(Duration.ofMillis(3)));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      daemon = Daemon.start(environment(odoo));
      var tills = new ArrayList<Future<List<Known>>>();
      for (var till = 1; till <= TILLS; till++) {
        var number = till;
        var dice = new Random(random.nextLong());
        tills.add(threads.submit(() -> work(number, dice)));
      }
      var odooKills = 0;
      for (var kill = 0; kill < KILLS; kill++) {
        misbehave(odoo, random);
        var calls = 1 + random.nextInt(CALLS);
        toDo.release(calls);
        awaitCalls(random.nextInt(calls));
        pause(random);
        if (random.nextInt(3) == 0) {
          odoo.crash();
          odooKills++;
          pause(random);
        }
        daemon.kill9();
        daemon.close();
        daemon = Daemon.start(environment(odoo));
        assertSumsAddUp(seed);
      }
      finish();
      odoo.clearFaults();
      var customers = all(tills);
      daemon.awaitAllDelivered(LIMIT);
      assertEachInOdooOnce(odoo, customers, seed);
      System.out.printf(
          "KillsIT: %d kills, and %d of Odoo, %d customers, %d calls acknowledged, %d unanswered and repeated%n",
          KILLS, odooKills, customers.size(), acknowledged.get(), unanswered.get());
    } finally {
      finish();
      if (daemon != null) {
        daemon.close();
      }
    }
  }

  private Map<String, String> environment(Simulator odoo) {
    return Daemon.deliveringTo(odoo, storage);
  }

  private static void pause(Random random) {
    LockSupport.parkNanos(Duration.ofMillis(random.nextInt(60)).toNanos());
  }

  private void finish() {
    over = true;
    toDo.release(TILLS);
  }

  /** The daemon has taken so many since it was started, so that there is something to lose. */
  private void awaitCalls(int count) {
    var before = acknowledged.get();
    Await.until(
        LIMIT,
        () -> acknowledged.get() >= before + count,
        () -> "the tills get on: " + daemon.allOutput());
  }

  private static void misbehave(Simulator odoo, Random random) {
    odoo.clearFaults();
    switch (random.nextInt(5)) {
      case 0 -> odoo.fault(new Fault.ResetMidAnswer(), 1 + random.nextInt(3));
      case 1 -> odoo.fault(new Fault.Refuse());
      case 2 -> odoo.fault(new Fault.DatabaseDown(), 2);
      case 3 -> odoo.fault(new Fault.Conflict("could not serialize access"), 2);
      default -> {} // it behaves
    }
  }

  /** A till at work, one call after the other. */
  private List<Known> work(int till, Random random) {
    var customers = new ArrayList<Known>();
    while (hasToDo()) {
      if (customers.isEmpty() || random.nextInt(4) == 0) {
        var customer =
            new Known(
                new UUID(random.nextLong(), random.nextLong()),
                "Customer %d of till %d".formatted(customers.size() + 1, till));
        acknowledged(
            "POST",
            "/api/v1/customers",
            Map.of(
                "ref",
                customer.ref.toString(),
                "values",
                Map.of("name", customer.name, "zip", "0")),
            random);
        customers.add(customer);
      } else {
        var customer = customers.get(random.nextInt(customers.size()));
        var next = customer.change + 1;
        acknowledged(
            "PATCH",
            "/api/v1/customers/" + customer.ref,
            Map.of("values", Map.of("zip", String.valueOf(next))),
            random);
        customer.change = next;
      }
    }
    return customers;
  }

  private boolean hasToDo() {
    toDo.acquireUninterruptibly();
    return !over;
  }

  /** Repeats a call under its key until it is acknowledged, as a till does. */
  private void acknowledged(String method, String path, Map<String, ?> body, Random random) {
    var key = "key-" + Long.toHexString(random.nextLong());
    Await.until(
        LIMIT,
        () -> {
          try {
            var answer = daemon.call(method, path, body, key);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
            acknowledged.incrementAndGet();
            return true;
          } catch (IOException killed) {
            unanswered.incrementAndGet();
            LockSupport.parkNanos(BETWEEN_CALLS.toNanos());
            return false;
          }
        },
        () -> "the call is acknowledged: " + path);
  }

  private void assertSumsAddUp(long seed) {
    var queue = daemon.status().get("queue");
    assertThat(queue.get("acceptedTotal").asLong())
        .as("seed %d: %s", seed, queue)
        .isEqualTo(
            queue.get("pending").asLong()
                + queue.get("sending").asLong()
                + queue.get("held").asLong()
                + queue.get("deliveredTotal").asLong()
                + queue.get("discardedTotal").asLong());
  }

  private static List<Known> all(List<Future<List<Known>>> tills)
      throws ExecutionException, InterruptedException {
    var customers = new CopyOnWriteArrayList<Known>();
    for (var till : tills) {
      customers.addAll(till.get());
    }
    return customers;
  }

  private void assertEachInOdooOnce(Simulator odoo, List<Known> customers, long seed) {
    assertThat(customers)
        .isNotEmpty()
        .allSatisfy(
            customer ->
                assertThat(odoo.partnersNamed(customer.name))
                    .as("seed %d: %s", seed, customer.name)
                    .singleElement()
                    .satisfies(
                        partner ->
                            assertThat(partner.value("zip"))
                                .isEqualTo(String.valueOf(customer.change))));
    assertThat(daemon.status().at("/queue/acceptedTotal").asInt())
        .as("seed %d: each acknowledged call is one operation", seed)
        .isEqualTo(acknowledged.get());
  }
}
