package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.storage.Pulse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jboss.logging.Logger;

/**
 * Brings erasures to their end, takes what is personal out of operations that were delivered or
 * discarded some time ago, and removes those of long ago, so that the database does not grow for
 * ever. The customers stay, with what Odoo had of them, since a cashier looks for them while Odoo
 * is gone; and so do the totals.
 *
 * <p>Long ago is what the clock says, and what the daemon has lived through as well: a clock that
 * is set forward by a year makes nothing old.
 */
@ApplicationScoped
class Retention {

  private static final Logger LOG = Logger.getLogger(Retention.class);

  /** A commit is not to keep a till waiting. */
  private static final int BATCH = 200;

  private final RetentionConfig config;
  private final OperationRows operations;
  private final Erasures erasures;
  private final DaysSeen days;
  private final GroupCommit commits;
  private final InstantSource clock;

  Retention(
      RetentionConfig config,
      OperationRows operations,
      Erasures erasures,
      DaysSeen days,
      GroupCommit commits,
      InstantSource clock) {
    this.config = config;
    this.operations = operations;
    this.erasures = erasures;
    this.days = days;
    this.commits = commits;
    this.clock = clock;
  }

  void start(@Observes StartupEvent event, Pulse pulse) {
    pulse.every(
        config.lookEvery().orElse(Duration.ofHours(1)),
        config.lookEvery().orElse(Duration.ofMinutes(10)),
        this::removeOld);
  }

  /** Where there are none it writes nothing, but once a day that it was this day. */
  void removeOld() {
    var now = clock.instant();
    erasures.finish();
    days.note(now, Math.max(config.settled().toDays(), config.personalData().toDays()));
    tell(all(now, config.settled(), operations::settled, operations::remove), "removed");
    tell(
        all(now, config.personalData(), operations::settledWithContent, operations::scrub),
        "rid of their values");
  }

  /** Finds what is to go. */
  @FunctionalInterface
  private interface Finder {
    List<Long> find(Instant before, long after, long last, int limit);
  }

  /** They are looked for while others may write: what is settled for good stays so. */
  private int all(Instant now, Duration age, Finder finder, ToIntFunction<List<Long>> step) {
    var before = now.minus(age);
    var last = days.lastSeqBefore(age.toDays());
    var done = 0;
    for (var seqs = find(finder, before, 0, last); !seqs.isEmpty(); ) {
      var batch = seqs;
      done += commits.write(() -> step.applyAsInt(batch));
      seqs = find(finder, before, batch.getLast(), last);
    }
    return done;
  }

  private static List<Long> find(Finder finder, Instant before, long after, long last) {
    return QuarkusTransaction.requiringNew().call(() -> finder.find(before, after, last, BATCH));
  }

  private static void tell(int count, String what) {
    if (count > 0) {
      LOG.infof("%d operations that are done with were %s.", count, what);
    }
  }
}
