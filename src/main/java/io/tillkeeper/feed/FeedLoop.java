package io.tillkeeper.feed;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.queue.QueueChanged;
import io.tillkeeper.storage.StorageChanged;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.ModeChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/**
 * The thread that tells the listeners what is new: at once, but the status not more often than
 * every {@link FeedConfig#statusInterval}. Asleep when nothing happens, or nobody listens.
 */
@ApplicationScoped
class FeedLoop {

  private static final Logger LOG = Logger.getLogger(FeedLoop.class);

  private final Feed feed;
  private final Link link;
  private final MeterRegistry meters;
  private final Thread thread = new Thread(this::run, "tillkeeper-feed");
  private final Turn status;
  private final Turn beat;
  private volatile boolean statusWanted;
  private volatile boolean stopping;

  FeedLoop(Feed feed, Link link, FeedConfig config, MeterRegistry meters) {
    this.feed = feed;
    this.link = link;
    this.meters = meters;
    this.status = new Turn(config.statusInterval());
    this.beat = new Turn(config.heartbeat());
  }

  void start(@Observes StartupEvent event) {
    link.onChange(this::statusChanged);
    Gauge.builder("tillkeeper.feed.listeners", feed, Feed::listeners)
        .description("How many listen to the feed")
        .register(meters);
    thread.start();
  }

  /** The HTTP server has closed the connections by now. */
  void stop(@Observes ShutdownEvent event) throws InterruptedException {
    stopping = true;
    feed.wake();
    thread.join();
  }

  void queueChanged(@Observes QueueChanged event) {
    statusChanged();
  }

  void modeChanged(@Observes ModeChanged event) {
    statusChanged();
  }

  void storageChanged(@Observes StorageChanged event) {
    statusChanged();
  }

  private void statusChanged() {
    if (feed.listeners() > 0) {
      statusWanted = true;
      feed.wake();
    }
  }

  private void run() {
    while (!stopping) {
      try {
        sleep();
        tell();
      } catch (RuntimeException fault) {
        LOG.error("The feed met a fault; it goes on with what comes next.", fault);
      }
    }
  }

  private void sleep() {
    try {
      feed.await(nanosLeft());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the feed", e);
    }
  }

  private long nanosLeft() {
    if (feed.listeners() == 0) {
      return Long.MAX_VALUE;
    }
    return statusWanted ? Math.min(status.nanosLeft(), beat.nanosLeft()) : beat.nanosLeft();
  }

  private void tell() {
    if (statusWanted && status.take()) {
      statusWanted = false;
      feed.tellStatus();
    }
    feed.pump();
    if (beat.take()) {
      feed.beat();
    }
  }
}
