package io.tillkeeper.host;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.vertx.http.HttpServerStart;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.QueueChanged;
import io.tillkeeper.queue.QueueCheck;
import io.tillkeeper.storage.StorageChanged;
import io.tillkeeper.storage.StorageCheck;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.ModeChanged;
import io.tillkeeper.sync.Modes;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells systemd how the daemon is, where systemd runs it: that it is ready when it answers, in one
 * line what {@code systemctl status} shows, and that it is alive. Its watchdog is fed only while
 * the database answers and the worker gets on; else systemd ends the process and starts it again,
 * which loses nothing.
 */
@ApplicationScoped
class ServiceNotifier {

  private static final Logger LOG = Logger.getLogger(ServiceNotifier.class);

  /** A thousand deliveries are not to be a thousand lines. */
  private static final Duration CALM = Duration.ofSeconds(1);

  private final OperationQueue queue;
  private final QueueCheck check;
  private final StorageCheck storage;
  private final WorkerLoop worker;
  private final Link link;
  private final Modes modes;
  private final Optional<NotifySocket> socket;
  private final Optional<Duration> watchdog;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("tillkeeper-systemd").unstarted(this::run);
  private volatile boolean stopping;
  private @Nullable String told;
  private boolean complained;

  @Inject
  ServiceNotifier(
      OperationQueue queue,
      QueueCheck check,
      StorageCheck storage,
      WorkerLoop worker,
      Link link,
      Modes modes) {
    this(queue, check, storage, worker, link, modes, System.getenv());
  }

  ServiceNotifier(
      OperationQueue queue,
      QueueCheck check,
      StorageCheck storage,
      WorkerLoop worker,
      Link link,
      Modes modes,
      Map<String, String> environment) {
    this.queue = queue;
    this.check = check;
    this.storage = storage;
    this.worker = worker;
    this.link = link;
    this.modes = modes;
    this.socket = Optional.ofNullable(environment.get("NOTIFY_SOCKET")).map(NotifySocket::new);
    this.watchdog = watchdog(environment);
  }

  /** How often systemd wants to hear from this process; empty when it does not. */
  static Optional<Duration> watchdog(Map<String, String> environment) {
    var meant = environment.get("WATCHDOG_PID");
    if (meant != null && !meant.equals(String.valueOf(ProcessHandle.current().pid()))) {
      return Optional.empty();
    }
    return Optional.ofNullable(environment.get("WATCHDOG_USEC"))
        .map(micros -> Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(Long.parseLong(micros))));
  }

  void listening(@ObservesAsync HttpServerStart event) {
    if (socket.isPresent()) {
      link.onChange(news::release);
      thread.start();
    }
  }

  void queueChanged(@Observes QueueChanged event) {
    news.release();
  }

  void modeChanged(@Observes ModeChanged event) {
    news.release();
  }

  void storageChanged(@Observes StorageChanged event) {
    news.release();
  }

  void stopping(@Observes ShutdownEvent event) {
    stopping = true;
    news.release();
    send(List.of("STOPPING=1", "STATUS=Stopping."));
  }

  /** Tells that the service does something anew, and is ready again afterwards. */
  void whileReloading(Runnable work) {
    var now = TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
    send(List.of("RELOADING=1", "MONOTONIC_USEC=" + now));
    try {
      work.run();
    } finally {
      send(List.of("READY=1"));
    }
  }

  private void run() {
    send(List.of("READY=1"));
    while (!stopping) {
      tell();
      sleep();
    }
  }

  private void tell() {
    var assignments = new ArrayList<String>();
    var answers = check.isWorking();
    var status = answers ? status() : "The queue's database does not answer.";
    if (!status.equals(told)) {
      assignments.add("STATUS=" + status);
      told = status;
    }
    if (watchdog.isPresent() && answers && worker.isWorking()) {
      assignments.add("WATCHDOG=1");
    }
    if (!assignments.isEmpty()) {
      send(assignments);
    }
  }

  private String status() {
    var counts = queue.counts();
    return "%sLink %s%s, mode %s; %d pending, %d held."
        .formatted(
            storage.fault().map(ServiceNotifier::sentence).orElse(""),
            link.shown().code(),
            link.shown().why().map(LinkCause::code).map(" (%s)"::formatted).orElse(""),
            modes.current().code(),
            counts.pending() + counts.sending(),
            counts.held());
  }

  private static String sentence(StorageCheck.Fault fault) {
    return switch (fault) {
      case FULL -> "The disk is full: nothing is accepted. ";
      case MOVED -> "The queue's file is not in its place: nothing is accepted. ";
    };
  }

  /** Until there is news, but not for too short, or until it is time to feed the watchdog. */
  private void sleep() {
    try {
      var longest = watchdog.map(interval -> interval.dividedBy(2)).orElse(Duration.ofDays(1));
      var calm = longest.compareTo(CALM) < 0 ? longest : CALM;
      if (news.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS) && !stopping) {
        Thread.sleep(calm);
        news.drainPermits();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the notifier", e);
    }
  }

  private synchronized void send(List<String> assignments) {
    if (socket.isEmpty()) {
      return;
    }
    try {
      socket.get().send(assignments);
    } catch (IOException e) {
      if (!complained) {
        complained = true;
        LOG.warnf("systemd does not hear this service: %s.", e.getMessage());
      }
    }
  }
}
