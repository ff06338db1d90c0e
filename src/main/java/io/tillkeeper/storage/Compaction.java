package io.tillkeeper.storage;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;

/**
 * Keeps the database's file from being mostly holes. Each commit is a chunk of pages, and a chunk
 * keeps its place as long as one of its pages is still good; H2 writes such pages anew by itself
 * only where commits are delayed, which they are not here. That is a commit like any other, and
 * what it replaces stays for the usual time: a power cut in the middle loses nothing.
 */
@ApplicationScoped
class Compaction {

  private static final Logger LOG = Logger.getLogger(Compaction.class);

  /** So many percent of the file are to be good; H2's own aim is higher, and costs more writing. */
  private static final int FILL_RATE = 50;

  /** What is written at once; nothing else is written meanwhile. */
  private static final int STEP = 128 * 1024;

  /** A bound on what one run writes; the next goes on. */
  private static final int MOST_STEPS = 64;

  /** Where less was written there is not enough to gain. */
  private static final long WORTH_IT = 4L * 1024 * 1024;

  private final DataSource database;
  private long writtenBefore = WrittenBytes.total();

  Compaction(DataSource database) {
    this.database = database;
  }

  void start(@Observes StartupEvent event, Pulse pulse) {
    pulse.every(Duration.ofMinutes(1), this::compact);
  }

  void compact() {
    if (WrittenBytes.total() - writtenBefore < WORTH_IT) {
      return;
    }
    try (var connection = database.getConnection()) {
      LOG.debugf("The database's file was made denser in %d steps.", compact(connection));
    } catch (SQLException | MVStoreException e) {
      LOG.warnf("The database's file cannot be made denser: %s.", e.getMessage());
    }
    writtenBefore = WrittenBytes.total();
  }

  /** Returns in how many steps; 0 when it is dense enough. */
  static int compact(Connection connection) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    var store = session.getDatabase().getStore().getMvStore();
    var steps = 0;
    while (steps < MOST_STEPS && store.compact(FILL_RATE, STEP)) {
      steps++;
    }
    return steps;
  }
}
