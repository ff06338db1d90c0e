import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tills of the shop: customers come when they come, whether or not the daemon is there, and
 * each is handed over again and again, under one Idempotency-Key, until it is accepted. So the time
 * of an accept counts from when the customer came.
 */
final class Till {

  private static final int CLIENTS = 16;
  private static final double UPDATES = 0.35;

  private final int port;
  private final Random random;
  private final LinkedBlockingQueue<Long> came = new LinkedBlockingQueue<>();
  private final List<Person> people = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final AtomicLong numbers = new AtomicLong();
  private final AtomicLong unanswered = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final AtomicLong updates = new AtomicLong();
  private volatile Latencies sinceLast = new Latencies();
  private volatile String fault = "";
  private volatile boolean away;
  private volatile boolean behind = true;
  private volatile long caughtUp;
  private final Latencies steady = new Latencies();
  private final Latencies aroundRestarts = new Latencies();

  Till(int port, long seed) {
    this.port = port;
    this.random = new Random(seed);
  }

  /** A customer, with the last city that was accepted. */
  static final class Person {
    final UUID ref;
    final String name;
    private String city = "Vigo";
    private boolean busy;

    Person(UUID ref, String name) {
      this.ref = ref;
      this.name = name;
    }

    String city() {
      return city;
    }
  }

  void open() {
    for (var nth = 0; nth < CLIENTS; nth++) {
      threads.add(Thread.ofPlatform().start(this::serve));
    }
  }

  /** Somebody comes now. */
  void comes() {
    came.add(System.nanoTime());
  }

  /** Serves who is still there, and closes. */
  void close() throws InterruptedException {
    for (var each : threads) {
      came.add(-1L);
    }
    for (var each : threads) {
      each.join();
    }
  }

  /** The daemon is about to end. */
  void goes() {
    away = true;
    behind = true;
  }

  /** The daemon is there again. */
  void isBack() {
    away = false;
  }

  private void serve() {
    try (var client = new Client(port)) {
      for (var due = came.take(); due >= 0; due = came.take()) {
        var known = pickKnown();
        if (known == null) {
          create(client, due);
        } else {
          update(client, due, known);
        }
      }
    } catch (IllegalStateException e) {
      fault = e.getMessage();
    } catch (InterruptedException nobodyDoes) {
      Thread.currentThread().interrupt();
    }
  }

  /** An answer that no till should get; empty while there was none. */
  String fault() {
    return fault;
  }

  private Person pickKnown() {
    synchronized (people) {
      if (people.isEmpty() || random.nextDouble() >= UPDATES) {
        return null;
      }
      var person = people.get(random.nextInt(people.size()));
      if (person.busy) {
        return null;
      }
      person.busy = true;
      return person;
    }
  }

  private void create(Client client, long due) throws InterruptedException {
    var number = numbers.incrementAndGet();
    var person = new Person(UUID.randomUUID(), "Customer " + number);
    var body = "{\"ref\":\"" + person.ref + "\"," + Shop.customer(number).substring(1);
    accept(client, "POST", "/api/v1/customers", body, due);
    synchronized (people) {
      people.add(person);
    }
  }

  private void update(Client client, long due, Person person) throws InterruptedException {
    var city = "City " + numbers.incrementAndGet();
    var body = "{\"values\":{\"city\":\"" + city + "\"}}";
    accept(client, "PATCH", "/api/v1/customers/" + person.ref, body, due);
    updates.incrementAndGet();
    synchronized (people) {
      person.city = city;
      person.busy = false;
    }
  }

  private void accept(Client client, String method, String path, String body, long due)
      throws InterruptedException {
    var key = "Idempotency-Key: " + UUID.randomUUID() + "\r\n";
    while (true) {
      try {
        var answer = client.call(method, path, body, key);
        if (answer.status() == 202) {
          accepted(due);
          return;
        }
        if (answer.status() != 503 && answer.status() != 429) {
          throw new IllegalStateException(answer.status() + " " + answer.body());
        }
        refused.incrementAndGet();
        Thread.sleep(1000L * answer.retryAfter());
      } catch (IOException down) {
        unanswered.incrementAndGet();
        Thread.sleep(100);
      }
    }
  }

  private void accepted(long due) {
    var took = System.nanoTime() - due;
    sinceLast.add(took);
    // who comes after a restart waits behind those who came during it
    (behind || due < caughtUp ? aroundRestarts : steady).add(took);
    if (behind && !away && came.isEmpty()) {
      caughtUp = System.nanoTime();
      behind = false;
    }
  }

  /** What was accepted since the last time this was asked. */
  Latencies takeSinceLast() {
    var taken = sinceLast;
    sinceLast = new Latencies();
    return taken;
  }

  /** Of those who did not come while the daemon was away, or while it caught up with that. */
  Latencies steady() {
    return steady;
  }

  Latencies aroundRestarts() {
    return aroundRestarts;
  }

  List<Person> people() {
    synchronized (people) {
      return List.copyOf(people);
    }
  }

  long updates() {
    return updates.get();
  }

  long refused() {
    return refused.get();
  }

  long unanswered() {
    return unanswered.get();
  }
}
