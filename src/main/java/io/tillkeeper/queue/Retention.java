package io.tillkeeper.queue;

import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Removes operations that were delivered or discarded long ago, so that the database does not grow
 * for ever. The customers stay, with what Odoo had of them, and so do the totals.
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
    var before = clock.instant().minus(config.settled());
    var removed = 0;
    int batch;
    do {
      batch = commits.write(() -> operations.removeSettledBefore(before, BATCH));
      removed += batch;
    } while (batch == BATCH);
    if (removed > 0) {
      LOG.infof("%d operations that are done with were removed.", removed);
    }
  }
}
