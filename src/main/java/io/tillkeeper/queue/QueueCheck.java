package io.tillkeeper.queue;

import io.quarkus.narayana.jta.QuarkusTransaction;
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

  QueueCheck(Settings.SettingRows settings, GroupCommit commits) {
    this.settings = settings;
    this.commits = commits;
  }

  /** Asks the database; writes nothing. */
  public boolean isWorking() {
    if (commits.underWay().compareTo(LONGEST_COMMIT) > 0) {
      return false;
    }
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
