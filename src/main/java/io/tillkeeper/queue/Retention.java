package io.tillkeeper.queue;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Takes what is personal out of operations that were delivered or discarded some time ago, and
 * removes those of long ago, so that the database does not grow for ever. The customers stay, with
 * what Odoo had of them, since a cashier looks for them while Odoo is gone; and so do the totals.
 */
@ApplicationScoped
class Retention {

  private static final Logger LOG = Logger.getLogger(Retention.class);

  /** A commit is not to keep a till waiting. */
  private static final int BATCH = 200;

  private final RetentionConfig config;
  private final OperationRows operations;
  private final GroupCommit commits;
  private final InstantSource clock;

  Retention(
      RetentionConfig config, OperationRows operations, GroupCommit commits, InstantSource clock) {
    this.config = config;
    this.operations = operations;
    this.commits = commits;
    this.clock = clock;
  }

  /** Where there are none it writes nothing. */
  @Scheduled(every = "1h", delayed = "10m")
  void removeOld() {
    var now = clock.instant();
    var remove = now.minus(config.settled());
    var scrub = now.minus(config.personalData());
    tell(all(() -> operations.removeSettledBefore(remove, BATCH)), "removed");
    tell(all(() -> operations.scrubSettledBefore(scrub, BATCH)), "rid of their values");
  }

  private int all(Supplier<Integer> step) {
    var sum = 0;
    int batch;
    do {
      batch = commits.write(step);
      sum += batch;
    } while (batch == BATCH);
    return sum;
  }

  private static void tell(int count, String what) {
    if (count > 0) {
      LOG.infof("%d operations that are done with were %s.", count, what);
    }
  }
}
