package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Whether the database holds what was accepted, as the journal tells. */
@ApplicationScoped
class Completeness {

  private static final Logger LOG = Logger.getLogger(Completeness.class);

  private final Path directory;
  private final Journal journal;
  private final Progress progress;

  Completeness(StorageConfig config, Journal journal, Progress progress) {
    this.directory = config.directory();
    this.journal = journal;
    this.progress = progress;
  }

  /** Whether there is none, and there was one. */
  boolean isMissing() {
    return !Repair.isMarked(directory)
        && !Files.exists(directory.resolve(QueueFile.NAME))
        && accepted() > 0;
  }

  /**
   * Whether it lacks what was accepted. Of a file that was cut off the database may be whole, as it
   * was long ago; one that somebody brought back lacks it, too.
   */
  boolean isBehind(Connection connection) {
    if (Repair.isMarked(directory)) {
      return false; // and gets it from the journal already
    }
    try {
      var accepted = accepted();
      return accepted > 0 && accepted > progress.inDatabase(connection);
    } catch (SQLException e) {
      LOG.debug("Whether the database is behind the journal cannot be seen.", e);
      return false;
    }
  }

  private long accepted() {
    try {
      return journal.last().map(progress::inJournal).orElse(0L);
    } catch (IOException e) {
      LOG.debug("What the journal has cannot be seen.", e);
      return 0;
    }
  }
}
