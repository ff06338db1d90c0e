package io.tillkeeper.host;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.QueueCounts;
import io.tillkeeper.storage.DiskReserve;
import io.tillkeeper.storage.WrittenBytes;
import io.tillkeeper.sync.GuardedOdoo;
import io.tillkeeper.sync.KeyWatch;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.Mode;
import io.tillkeeper.sync.Modes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The numbers for the one who watches the boxes. They are read when they are asked for, and cost
 * nothing until then. None names a customer. Totals go on over restarts; what {@code
 * tillkeeper_delivery} counts begins with the process.
 */
@ApplicationScoped
class Metrics {

  private final MeterRegistry meters;
  private final OperationQueue queue;
  private final Link link;
  private final GuardedOdoo odoo;
  private final Modes modes;
  private final KeyWatch key;
  private final DiskReserve disk;
  private final InstantSource clock;
  private final String version;
  private final Instant startedAt;

  Metrics(
      MeterRegistry meters,
      OperationQueue queue,
      Link link,
      GuardedOdoo odoo,
      Modes modes,
      KeyWatch key,
      DiskReserve disk,
      InstantSource clock,
      @ConfigProperty(name = "quarkus.application.version") String version) {
    this.meters = meters;
    this.queue = queue;
    this.link = link;
    this.odoo = odoo;
    this.modes = modes;
    this.key = key;
    this.disk = disk;
    this.clock = clock;
    this.version = version;
    this.startedAt = clock.instant();
  }

  void register(@Observes StartupEvent event) {
    process();
    operations();
    link();
    key();
    storage();
  }

  private void process() {
    gauge("tillkeeper.build.info", "The version that runs", Tags.of("version", version), all -> 1);
    TimeGauge.builder(
            "process.start.time", this, TimeUnit.SECONDS, all -> all.startedAt.toEpochMilli() / 1e3)
        .description("When the process started, since the Unix epoch")
        .register(meters);
    for (var mode : Mode.values()) {
      gauge(
          "tillkeeper.mode",
          "1 for the mode that the operator has set",
          Tags.of("mode", mode.code()),
          all -> flag(all.modes.current() == mode));
    }
  }

  private void operations() {
    total("accepted", "Operations that were ever accepted", QueueCounts::acceptedTotal);
    total("delivered", "Operations that were ever delivered", QueueCounts::deliveredTotal);
    total("discarded", "Operations that were ever given up", QueueCounts::discardedTotal);
    gauge(
        "tillkeeper.operations.pending",
        "Operations that wait to be sent",
        Tags.empty(),
        all -> all.queue.counts().pending());
    gauge(
        "tillkeeper.operations.sending",
        "Operations that are being sent",
        Tags.empty(),
        all -> all.queue.counts().sending());
    for (var reason : HeldReason.values()) {
      gauge(
          "tillkeeper.operations.held",
          "Operations that wait for a person",
          Tags.of("reason", reason.code()),
          all -> all.queue.heldByReason().getOrDefault(reason, 0L));
    }
    TimeGauge.builder(
            "tillkeeper.oldest.pending.age", this, TimeUnit.SECONDS, Metrics::oldestPendingAge)
        .description("How long the oldest operation that is not in Odoo and not held has waited")
        .register(meters);
  }

  private double oldestPendingAge() {
    var oldest = queue.counts().oldestPendingAt();
    return oldest == null
        ? 0
        : Math.max(0, Duration.between(oldest, clock.instant()).toMillis() / 1e3);
  }

  private void link() {
    gauge(
        "tillkeeper.link.up",
        "Whether Odoo takes deliveries",
        Tags.empty(),
        all -> flag(all.link.isUp()));
    for (var cause : LinkCause.values()) {
      gauge(
          "tillkeeper.link.cause",
          "1 for the reason why Odoo does not take deliveries",
          Tags.of("cause", cause.code()),
          all -> flag(all.link.state().why().filter(cause::equals).isPresent()));
    }
    gauge(
        "tillkeeper.breaker.open",
        "Whether the circuit breaker lets no call through but a trial",
        Tags.empty(),
        all -> flag(!all.odoo.breaker().equals("closed")));
  }

  private void key() {
    gauge(
        "tillkeeper.key.expires.timestamp",
        "When the API key ends, since the Unix epoch; NaN where Odoo names no end of it",
        "seconds",
        all -> all.key.expiresAt().map(end -> end.toEpochMilli() / 1e3).orElse(Double.NaN));
  }

  private void storage() {
    gauge(
        "tillkeeper.storage.free",
        "Free space on the disk of the queue",
        "bytes",
        all -> all.disk.freeBytes());
    gauge(
        "tillkeeper.storage.reserve",
        "Below so much free space nothing is accepted",
        "bytes",
        all -> all.disk.reserveBytes());
    gauge(
        "tillkeeper.database",
        "The size of the queue's database",
        "bytes",
        all -> all.disk.databaseBytes());
    FunctionCounter.builder("tillkeeper.database.written", this, all -> WrittenBytes.total())
        .description("What was written to the queue's database since the start")
        .baseUnit("bytes")
        .register(meters);
  }

  private void total(String what, String description, ToDoubleFunction<QueueCounts> number) {
    FunctionCounter.builder(
            "tillkeeper.operations." + what, this, all -> number.applyAsDouble(all.queue.counts()))
        .description(description)
        .register(meters);
  }

  private void gauge(String name, String description, Tags tags, ToDoubleFunction<Metrics> number) {
    Gauge.builder(name, this, number).description(description).tags(tags).register(meters);
  }

  private void gauge(
      String name, String description, String unit, ToDoubleFunction<Metrics> number) {
    Gauge.builder(name, this, number).description(description).baseUnit(unit).register(meters);
  }

  private static double flag(boolean set) {
    return set ? 1 : 0;
  }
}
