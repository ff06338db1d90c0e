import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/** The accept under load: see accept.sh. */
final class Accept {

  private static final int PORT = 18484;
  private static final int LOADERS = 16;
  private static final int WRITES = 1000;
  private static final int PAGE = 4096;

  /** A flush that has not ended by then is measured no longer. */
  private static final long LONGEST_FLUSH_SECONDS = 120;

  private final Options options;
  private final Path directory;
  private final AtomicLong numbers = new AtomicLong();

  private Accept(Options options, Path directory) {
    this.options = options;
    this.directory = directory;
  }

  /** What the script was told. */
  private record Options(
      List<String> what, List<Integer> clients, int seconds, int pending, int warmUp) {

    static Options parse(String[] arguments) {
      var what = new ArrayList<String>();
      var clients = List.of(1, 2, 4, 8, 16, 32, 64, 128);
      var seconds = 10;
      var pending = 10_000;
      var warmUp = 3_000;
      for (var i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--seconds" -> seconds = Integer.parseInt(arguments[++i]);
          case "--pending" -> pending = Integer.parseInt(arguments[++i]);
          case "--warm-up" -> warmUp = Integer.parseInt(arguments[++i]);
          case "--clients" ->
              clients = List.of(arguments[++i].split(",")).stream().map(Integer::valueOf).toList();
          default -> what.add(arguments[i]);
        }
      }
      return new Options(what, clients, seconds, pending, warmUp);
    }
  }

  public static void main(String[] arguments) throws Exception {
    var options = Options.parse(arguments);
    var directory = Path.of(System.getProperty("bench.directory"));
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      for (var what : options.what()) {
        new Accept(options, directory.resolve(what)).measure(what, odoo);
      }
    }
  }

  private void measure(String what, Simulator odoo) throws Exception {
    var more = Map.of("TILLKEEPER_TWINS_EMAIL", "create", "TILLKEEPER_TWINS_PHONE", "create");
    try (var box = new Box(what, directory, PORT, odoo, more)) {
      box.start();
      var shop = new Shop(PORT);
      shop.goOffline();
      accept(options.warmUp());
      System.out.printf("%n## The %s%n%n", what);
      var rawWrite = rawWrite();
      System.out.printf("One synchronous write of 4 KiB: %s%n%n", line(rawWrite));
      heading("Nothing is delivered meanwhile");
      var alone = new ArrayList<Run>();
      for (var clients : options.clients()) {
        var end = System.nanoTime() + options.seconds() * 1_000_000_000L;
        alone.add(run(box, clients, () -> System.nanoTime() < end));
        alone.getLast().print();
      }
      flushes(box, shop, odoo);
      bars(rawWrite, alone);
      box.complaints().forEach(System.out::println);
      box.stop();
    }
  }

  private void flushes(Box box, Shop shop, Simulator odoo) throws Exception {
    shop.goOnline();
    shop.awaitAllDelivered();
    heading("While %,d that waited are delivered".formatted(options.pending()));
    for (var clients : options.clients()) {
      shop.goOffline();
      accept(options.pending());
      odoo.resetCalls();
      var goal = shop.delivered() + options.pending();
      shop.goOnline();
      var end = System.nanoTime() + LONGEST_FLUSH_SECONDS * 1_000_000_000L;
      var flushing = new AtomicInteger(1);
      var watch = Thread.ofPlatform().start(() -> awaitDelivered(shop, goal, end, flushing));
      run(box, clients, () -> flushing.get() == 1).print();
      watch.join();
      shop.awaitAllDelivered();
    }
  }

  private static void awaitDelivered(Shop shop, long goal, long end, AtomicInteger flushing) {
    try {
      while (shop.delivered() < goal && System.nanoTime() < end) {
        Thread.sleep(100);
      }
    } catch (IOException | InterruptedException e) {
      System.err.println("the flush is not watched any longer: " + e);
    } finally {
      flushing.set(0);
    }
  }

  /** Hands so many customers over, unmeasured. */
  private void accept(int count) throws Exception {
    var left = new AtomicInteger(count);
    each(LOADERS, client -> send(client, new Latencies(), () -> left.getAndDecrement() > 0));
  }

  /** How it went with so many clients. */
  private record Run(
      int clients, Latencies times, long refused, double seconds, long written, long onDisk) {

    double rate() {
      return times.count() / seconds;
    }

    private long perOperation(long bytes) {
      return bytes / Math.max(1, times.count());
    }

    void print() {
      System.out.printf(
          "| %d | %.2f ms | %.2f ms | %.2f ms | %.0f | %d | %,d | %,d |%n",
          clients,
          times.percentile(50),
          times.percentile(99),
          times.max(),
          rate(),
          refused,
          perOperation(written),
          perOperation(onDisk));
    }
  }

  private static void heading(String of) {
    System.out.printf(
        """

        %s:

        | clients | p50 | p99 | max | accepted a second | refused | bytes written for each | of them on the disk's pages |
        |---|---|---|---|---|---|---|---|
        """,
        of);
  }

  private Run run(Box box, int clients, BooleanSupplier goesOn) throws Exception {
    var times = new Latencies();
    var refused = new AtomicLong();
    var writtenBefore = box.writtenBytes();
    var onDiskBefore = box.diskBytes();
    var began = System.nanoTime();
    each(clients, client -> refused.addAndGet(send(client, times, goesOn)));
    var seconds = (System.nanoTime() - began) / 1e9;
    return new Run(
        clients,
        times,
        refused.get(),
        seconds,
        box.writtenBytes() - writtenBefore,
        box.diskBytes() - onDiskBefore);
  }

  /** What a client does until its thread ends. */
  private interface Work {
    void with(Client client) throws Exception;
  }

  private static void each(int clients, Work work) throws InterruptedException {
    var threads = new ArrayList<Thread>();
    for (var nth = 0; nth < clients; nth++) {
      threads.add(Thread.ofPlatform().start(() -> alone(work)));
    }
    for (var thread : threads) {
      thread.join();
    }
  }

  private static void alone(Work work) {
    try (var client = new Client(PORT)) {
      work.with(client);
    } catch (Exception e) {
      System.err.println("a client ended: " + e);
    }
  }

  /**
   * Sends one customer after the other, the next as soon as the last is answered, and returns how
   * many were refused. A refused one is sent again when the answer says so, as by a till: that
   * pause is in nobody's time.
   */
  private long send(Client client, Latencies times, BooleanSupplier goesOn) throws Exception {
    var refused = 0L;
    while (goesOn.getAsBoolean()) {
      var body = Shop.customer(numbers.incrementAndGet());
      var began = System.nanoTime();
      var answer = client.call("POST", "/api/v1/customers", body, "");
      var took = System.nanoTime() - began;
      switch (answer.status()) {
        case 202 -> times.add(took);
        case 429, 503 -> {
          refused++;
          if (answer.retryAfter() == 0) {
            throw new IOException("refused without a Retry-After");
          }
          Thread.sleep(1000L * answer.retryAfter());
        }
        default -> throw new IOException(answer.status() + " " + answer.body());
      }
    }
    return refused;
  }

  /** What the disk takes for a page that is there already, which is the least it can do. */
  private Latencies rawWrite() throws IOException {
    var file = directory.resolve("raw");
    var times = new Latencies();
    try (var channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DSYNC)) {
      var page = ByteBuffer.allocateDirect(PAGE);
      for (var nth = 0; nth < 2 * WRITES; nth++) {
        page.clear();
        var began = System.nanoTime();
        channel.write(page, (long) nth % WRITES * PAGE);
        if (nth >= WRITES) {
          times.add(System.nanoTime() - began);
        }
      }
    }
    Files.delete(file);
    return times;
  }

  private static String line(Latencies times) {
    return "p50 %.3f ms, p99 %.3f ms, max %.3f ms"
        .formatted(times.percentile(50), times.percentile(99), times.max());
  }

  private static void bars(Latencies rawWrite, List<Run> alone) {
    System.out.println();
    for (var run : alone) {
      if (run.clients() == 1) {
        System.out.printf(
            "One client, median: %.1f times one synchronous write (at most 8)%n",
            run.times().percentile(50) / rawWrite.percentile(50));
        System.out.printf(
            "Bytes written for one accepted operation: %,d (at most %,d)%n",
            run.perOperation(run.written()), 16 * 1024);
      }
      if (run.clients() == 32 && alone.getFirst().clients() == 1) {
        System.out.printf(
            "32 clients: %.1f times the rate of one (at least 5)%n",
            run.rate() / alone.getFirst().rate());
      }
    }
  }
}
