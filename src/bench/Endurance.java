import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Partner;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A day of a busy shop in an hour: see endurance.sh. */
final class Endurance {

  private static final Path REPORT = Path.of("target", "endurance");
  private static final int PORT = 18487;
  private static final long TICK = 50;
  private static final int SAMPLES = 720;
  private static final int BURST = 300;
  private static final int BURSTS = 8;
  private static final String OUTAGE = "#fde3c8";
  private static final String RESTART = "#c00000";

  /** How busy each hour of the day is, from midnight on. */
  private static final int[] HOURS = {
    0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4, 5, 8, 8, 4, 3, 4, 8, 9, 8, 4, 2, 0, 0
  };

  private final Settings settings;
  private final double seconds;
  private final long seed;
  private final long began = System.nanoTime();
  private final Simulator odoo;
  private final Box box;
  private final Shop shop = new Shop(PORT);
  private final Till till;
  private final Listener listener = new Listener(PORT);
  private final Readings readings;
  private final List<Chart.Mark> marks = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();
  private int outages;
  private int stops;
  private int kills;

  private Endurance(Settings settings, Simulator odoo, Box box) {
    this.settings = settings;
    this.seconds = settings.minutes() * 60;
    this.seed = settings.seed();
    this.odoo = odoo;
    this.box = box;
    this.till = new Till(PORT, settings.seed());
    this.readings = new Readings(box, shop, till);
  }

  /**
   * What the script was told.
   *
   * @param customers how many come in a minute, changes included
   * @param trouble whether anything goes wrong
   */
  private record Settings(String what, double minutes, long seed, int customers, boolean trouble) {

    static Settings parse(String[] arguments) {
      var what = "binary";
      var minutes = 60.0;
      var seed = new Random().nextInt(1_000_000);
      var customers = 500;
      var trouble = true;
      for (var i = 0; i < arguments.length; i++) {
        switch (arguments[i]) {
          case "--minutes" -> minutes = Double.parseDouble(arguments[++i]);
          case "--seed" -> seed = Integer.parseInt(arguments[++i]);
          case "--customers" -> customers = Integer.parseInt(arguments[++i]);
          case "--trouble" -> trouble = arguments[++i].equals("yes");
          default -> what = arguments[i];
        }
      }
      return new Settings(what, minutes, seed, customers, trouble);
    }
  }

  public static void main(String[] arguments) throws Exception {
    var settings = Settings.parse(arguments);
    var what = settings.what();
    var directory = Path.of(System.getProperty("bench.directory")).resolve(what);
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var box = new Box(what, directory, PORT, odoo, configuration(settings.minutes()))) {
      var run = new Endurance(settings, odoo, box);
      try {
        if (!run.run(what)) {
          throw new IllegalStateException("failed: see above");
        }
      } finally {
        box.keepLog(REPORT.resolve("log"));
      }
    }
  }

  /** The times of a day, as much shorter as the day is. */
  private static Map<String, String> configuration(double minutes) {
    return Map.of(
        "TILLKEEPER_TWINS_EMAIL", "create",
        "TILLKEEPER_TWINS_PHONE", "create",
        "TILLKEEPER_ODOO_TIMEOUT", "3s",
        "TILLKEEPER_SYNC_LONGEST_BACKOFF", "5s",
        "TILLKEEPER_SYNC_PROBE_INTERVAL", "5s",
        "TILLKEEPER_SYNC_LONGEST_START_WINDOW", "2s",
        "TILLKEEPER_RETENTION_SETTLED", parts(minutes, 12),
        "TILLKEEPER_RETENTION_LOOK_EVERY", parts(minutes, 60),
        "TILLKEEPER_STORAGE_BACKUP_EVERY", parts(minutes, 15));
  }

  private static String parts(double minutes, int parts) {
    return Math.max(5, Math.round(minutes * 60 / parts)) + "s";
  }

  private boolean run(String what) throws Exception {
    System.err.printf("%.0f seconds, seed %d%n", seconds, seed);
    box.start();
    till.open();
    listener.start();
    var threads =
        List.of(
            Thread.ofPlatform().start(() -> guarded(this::sample)),
            Thread.ofPlatform().start(() -> guarded(this::misfortune)));
    customersCome();
    for (var thread : threads) {
      thread.join();
    }
    till.close();
    odoo.clearFaults();
    odoo.release();
    settle();
    check();
    report(what);
    return findings.isEmpty();
  }

  /** A part of the run that is not to end unnoticed. */
  private interface Part {
    void run() throws Exception;
  }

  private void guarded(Part part) {
    try {
      part.run();
    } catch (Exception e) {
      found("a part of the measurement ended: " + e);
    }
  }

  private synchronized void found(String finding) {
    findings.add(finding);
    System.err.println(finding);
  }

  private double now() {
    return (System.nanoTime() - began) / 1e9;
  }

  /** As many as the hour has, and now and then a lot at once. */
  private void customersCome() throws InterruptedException {
    var total = 0;
    for (var hour : HOURS) {
      total += hour;
    }
    var due = 0.0;
    var bursts = 0;
    for (var last = now(); last < seconds; ) {
      Thread.sleep(TICK);
      var at = Math.min(now(), seconds);
      var hour = HOURS[(int) Math.min(23, at / seconds * 24)];
      due += settings.customers() / 60.0 * 24 * hour / total * (at - last);
      for (; due >= 1; due--) {
        till.comes();
      }
      if (at / seconds > 0.35 + bursts * 0.55 / BURSTS && bursts < BURSTS) {
        bursts++;
        for (var nth = 0; nth < BURST; nth++) {
          till.comes();
        }
      }
      last = at;
    }
  }

  /** What goes wrong, in an order and at moments of which the seed decides. */
  private void misfortune() throws Exception {
    var random = new Random(seed);
    var faults =
        List.of(
            new Fault.Refuse(),
            new Fault.HangAfterCommit(),
            new Fault.ResetMidAnswer(),
            new Fault.Cut(Fault.Moment.AFTER_COMMIT, Fault.Manner.BAD_GATEWAY),
            new Fault.Cut(Fault.Moment.BEFORE_COMMIT, Fault.Manner.RESET),
            new Fault.DatabaseDown(),
            new Fault.CaptivePortal(true),
            new Fault.Slow(Duration.ofMillis(300)),
            new Fault.TooManyRequests(Duration.ofSeconds(1)));
    var pause = seconds / 30;
    while (settings.trouble() && now() < seconds - pause) {
      Thread.sleep((long) (1000 * pause * (0.3 + random.nextDouble())));
      if (random.nextInt(3) == 0) {
        restart(random.nextBoolean());
      } else {
        var from = now();
        outages++;
        odoo.fault(faults.get(random.nextInt(faults.size())));
        Thread.sleep((long) (1000 * pause * (0.2 + random.nextDouble())));
        if (random.nextInt(3) == 0) {
          restart(random.nextBoolean());
        }
        odoo.clearFaults();
        odoo.release();
        marks.add(new Chart.Mark(from, now(), OUTAGE));
      }
    }
  }

  private void restart(boolean hard) throws Exception {
    marks.add(new Chart.Mark(now(), now(), RESTART));
    till.goes();
    if (hard) {
      kills++;
      box.kill();
    } else {
      stops++;
      box.stop();
    }
    box.start();
    till.isBack();
  }

  private void sample() throws Exception {
    while (now() < seconds) {
      Thread.sleep((long) Math.max(1000, 1000 * seconds / SAMPLES));
      readings.take(now());
      odoo.resetCalls();
    }
  }

  /** Until all is in Odoo, and what is done with is gone; then a stop and a start. */
  private void settle() throws Exception {
    var limit = System.nanoTime() + Duration.ofMinutes(10).toNanos();
    shop.goOnline();
    while (!shop.status().get("allDelivered").asBoolean()) {
      if (System.nanoTime() > limit) {
        found("after ten minutes not everything is delivered: " + shop.status().get("queue"));
        return;
      }
      Thread.sleep(500);
    }
    readings.take(now());
    listener.end();
    box.stop();
    box.start();
    readings.take(now());
  }

  private void check() throws Exception {
    var queue = shop.status().get("queue");
    var people = till.people();
    var acknowledged = people.size() + till.updates();
    if (queue.get("held").asLong() > 0) {
      found(queue.get("held") + " operations are held");
    }
    if (queue.get("acceptedTotal").asLong() != acknowledged) {
      found(
          "%d were acknowledged and %s are counted"
              .formatted(acknowledged, queue.get("acceptedTotal")));
    }
    if (!till.fault().isEmpty()) {
      found("a till was answered: " + till.fault());
    }
    if (listener.outOfOrder() > 0) {
      found(listener.outOfOrder() + " events of the feed came out of order");
    }
    checkPartners(people);
    box.complaints().forEach(this::found);
  }

  private void checkPartners(List<Till.Person> people) {
    var byExternalId = new HashMap<String, Partner>();
    var names = new HashSet<String>();
    var doubled = 0;
    for (var partner : odoo.partners()) {
      partner.externalIds().forEach(id -> byExternalId.put(id, partner));
      doubled += names.add(partner.name()) ? 0 : 1;
    }
    var lost = 0;
    var old = 0;
    for (var person : people) {
      var partner = byExternalId.get("__tillkeeper__." + person.ref);
      if (partner == null || !partner.name().equals(person.name)) {
        lost++;
      } else if (!person.city().equals(partner.value("city"))) {
        old++;
      }
    }
    if (lost + old + doubled > 0 || byExternalId.size() != people.size()) {
      found(
          "of %d customers %d are not in Odoo, %d are there twice, %d without their last city; Odoo has %d"
              .formatted(people.size(), lost, doubled, old, byExternalId.size()));
    }
  }

  private void report(String what) throws IOException {
    var title = "A day of a busy shop in %.0f seconds: the %s".formatted(seconds, what);
    var report = new EnduranceReport(title, readings, List.copyOf(marks));
    var summary =
        "%s: a day in %.0f seconds, seed %d. %,d customers and %,d changes were acknowledged, in %d outages, %d stops and %d kills."
            .formatted(
                findings.isEmpty() ? "Passed" : "FAILED:\n\n- " + String.join("\n- ", findings),
                seconds,
                seed,
                till.people().size(),
                till.updates(),
                outages,
                stops,
                kills);
    System.out.print(
        report.write(REPORT, "# Endurance of the %s%n%n%s".formatted(what, summary), till, listener));
  }
}
