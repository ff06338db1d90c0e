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
import org.h2.mvstore.FileStore;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;

/**
 * Keeps the database's file from being mostly holes, and lets it become smaller again after a
 * flood. Each commit is a chunk of pages, and a chunk keeps its place as long as one of its pages
 * is still good; H2 writes such pages anew by itself only where commits are delayed, which they are
 * not here. What is written anew goes to the first hole that is large enough, and H2 cuts the end
 * of the file off when nothing is left there.
 *
 * <p>Each step is a commit like any other, and what it replaces stays for the usual time: a power
 * cut in the middle loses nothing. In the long run all steps together write no more than everything
 * else does.
 */
@ApplicationScoped
class Compaction {

  private static final Logger LOG = Logger.getLogger(Compaction.class);

  /** So many percent of the file are to be good; H2's own aim is higher, and costs more writing. */
  private static final int FILL_RATE = 50;

  /** More than every chunk has. */
  private static final int ANY_FILL_RATE = 101;

  /** A file that is smaller need not become smaller. */
  private static final long SMALL = 16L * 1024 * 1024;

  /** How much larger than what is good in it a file may be before all of that is written anew. */
  private static final int TOO_LARGE = 4;

  /**
   * The chunks of so many bytes are written anew at once, if there are any that small; nothing else
   * is written meanwhile.
   */
  private static final int STEP = 128 * 1024;

  /**
   * How much longer than a step the pause after it is: tills hardly notice, and the daemon is close
   * enough to rest for giving back what memory the steps have used.
   */
  private static final int PAUSE = 100;

  /** A chunk that is larger is never written anew. */
  private static final int LARGEST = 64 * STEP;

  /** Where less was written there is not enough to gain. */
  private static final long WORTH_IT = 4L * 1024 * 1024;

  private final DataSource database;
  private final DiskReserve disk;
  private final Pulse pulse;

  /** How many bytes have been written in all when the next step is worth it. */
  private long due = WrittenBytes.total() + WORTH_IT;

  private volatile boolean underWay;

  Compaction(DataSource database, DiskReserve disk, Pulse pulse) {
    this.database = database;
    this.disk = disk;
    this.pulse = pulse;
  }

  void start(@Observes StartupEvent event) {
    pulse.every(Duration.ofMinutes(1), this::begin);
  }

  /** Begins with the steps, unless it has, or there is nothing to gain. */
  void begin() {
    if (!underWay) {
      goOn();
    }
  }

  private void goOn() {
    var began = System.nanoTime();
    var before = WrittenBytes.total();
    var more = false;
    try {
      more = before >= due && step();
    } finally {
      due += 2 * (WrittenBytes.total() - before); // itself, and as much by others
      underWay = more;
    }
    if (more) {
      pulse.once(Duration.ofNanos(PAUSE * (System.nanoTime() - began)), this::goOn);
    }
  }

  /** Nothing on a disk that is nearly full: what is replaced keeps its place for a while. */
  private boolean step() {
    if (disk.freeBytes() < LARGEST) {
      return false;
    }
    try (var connection = database.getConnection()) {
      return step(connection, SMALL);
    } catch (SQLException | MVStoreException e) {
      if (!DiskTrouble.isBehind(e)) {
        LOG.warnf("The database's file cannot be made denser: %s.", e.getMessage());
      }
      return false;
    }
  }

  /**
   * Writes the pages anew of the chunks that have least for their age, of those that are old enough
   * for their place to be used again; of any where the file is too large. H2 passes over what is
   * larger than it is told, and only has written what a commit writes.
   *
   * @param small bytes that a file may have, whatever is in it
   * @return false when the file is dense and small enough, or no chunk is old enough
   */
  static boolean step(Connection connection, long small) throws SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    var store = session.getDatabase().getStore().getMvStore();
    var aim = isTooLarge(store.getFileStore(), small) ? ANY_FILL_RATE : FILL_RATE;
    for (var size = STEP; size <= LARGEST; size *= 2) {
      if (store.compact(aim, size)) {
        store.commit();
        return true;
      }
    }
    return false;
  }

  private static boolean isTooLarge(FileStore<?> file, long small) {
    var percent = file.getFillRate() * file.getChunksFillRate() / 100;
    return file.size() > small + TOO_LARGE * file.size() / 100 * percent;
  }
}
