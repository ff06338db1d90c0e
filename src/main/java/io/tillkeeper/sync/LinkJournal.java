package io.tillkeeper.sync;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.queue.LinkChange;
import io.tillkeeper.queue.LinkHistory;
import io.tillkeeper.queue.Settings;
import io.tillkeeper.storage.DiskTrouble;
import io.tillkeeper.storage.Pulse;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes down how the link is shown, for the history. After a crash or a power cut it is known to a
 * quarter of an hour when the daemon ended.
 */
@ApplicationScoped
class LinkJournal {

  private static final Logger LOG = Logger.getLogger(LinkJournal.class);
  private static final String ALIVE = "alive-at";
  private static final Duration ALIVE_EVERY = Duration.ofMinutes(15);

  /** A stop is not to wait for a disk that hangs. */
  private static final int PATIENCE_SECONDS = 5;

  private final Link link;
  private final LinkHistory history;
  private final Settings settings;
  private final InstantSource clock;
  private final Pulse pulse;

  /** The thread that moved the link may be interrupted, which would close the database's file. */
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("tillkeeper-journal").factory());

  private @Nullable LinkChange last;
  private boolean begun;

  LinkJournal(Link link, LinkHistory history, Settings settings, InstantSource clock, Pulse pulse) {
    this.link = link;
    this.history = history;
    this.settings = settings;
    this.clock = clock;
    this.pulse = pulse;
  }

  void start(@Observes StartupEvent event) {
    link.onChange(this::note);
    pulse.afterStart(this::note);
    pulse.every(ALIVE_EVERY, this::alive);
  }

  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event)
      throws InterruptedException {
    var now = clock.instant();
    writer.execute(() -> write(new LinkChange(now, LinkChange.OFF, null)));
    writer.shutdown();
    if (!writer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      LOG.warn("The history of the link could not be written to its end.");
    }
  }

  /** So that the history knows when the daemon ended, should nobody tell it. */
  void alive() {
    settings.put(ALIVE, clock.instant().toString());
  }

  /** With how it ended the last time, where it could not say so itself. */
  private void begin() {
    last = history.last().orElse(null);
    begun = true;
    if (last != null) {
      write(new LinkChange(lastAlive(last.at()), LinkChange.OFF, null));
    }
  }

  private Instant lastAlive(Instant atLeast) {
    return settings
        .get(ALIVE)
        .map(Instant::parse)
        .filter(alive -> alive.isAfter(atLeast))
        .orElse(atLeast);
  }

  private void note() {
    var shown = link.shown();
    var now = clock.instant();
    var cause = shown.why().map(LinkCause::code);
    writer.execute(() -> write(new LinkChange(now, shown.code(), cause.orElse(null))));
  }

  private void write(LinkChange change) {
    try {
      if (!begun) {
        begin();
      }
      if (last == null || !change.isLike(last)) {
        history.add(change);
        last = change;
      }
    } catch (RuntimeException fault) {
      DiskTrouble.lookForDamage(fault);
      LOG.warnf("A change of the link is not in the history: %s", fault.getClass().getName());
    }
  }
}
