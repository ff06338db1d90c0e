package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.tillkeeper.storage.Running;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Whether the queue's database really works: it answers, and commits come to an end. */
@ApplicationScoped
public class QueueCheck {

  private static final Logger LOG = Logger.getLogger(QueueCheck.class);

  /** Longer than a slow SD card takes while it tidies up. */
  private static final Duration LONGEST_COMMIT = Duration.ofSeconds(30);

  private final Settings.SettingRows settings;
  private final GroupCommit commits;
  private final Running running;

  QueueCheck(Settings.SettingRows settings, GroupCommit commits, Running running) {
    this.settings = settings;
    this.commits = commits;
    this.running = running;
  }

  /**
   * Asks the database; writes nothing to it. Whoever ends the daemon because it does not work may
   * count on the next start to see whether its file is damaged.
   */
  public boolean isWorking() {
    var works = commits.underWay().compareTo(LONGEST_COMMIT) <= 0 && answers();
    if (!works) {
      running.doubt();
    }
    return works;
  }

  private boolean answers() {
    try {
      // a query: looking up a row by its key, Hibernate takes a database that is gone for no row
      QuarkusTransaction.requiringNew()
          .call(() -> settings.count("name", Settings.DELIVERED_TOTAL));
      return true;
    } catch (RuntimeException broken) {
      LOG.debug("The database does not answer.", broken);
      return false;
    }
  }
}
