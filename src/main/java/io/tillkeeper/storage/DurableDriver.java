package io.tillkeeper.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.Driver;
import org.jspecify.annotations.Nullable;

/**
 * H2's driver with the scheme {@code jdbc:h2:durable:} in it, and with the key where the database
 * is encrypted. It is the driver that the data source names, so that the scheme is there before
 * anyone can open the database; an unknown scheme would silently be a plain file.
 */
public final class DurableDriver extends Driver {

  private static final int WAYS_TO_SAY_SO = 2;

  private static final ReentrantLock OPENING = new ReentrantLock();

  /** Of all connections: a pool makes the driver by its name, and there is one database. */
  private static volatile @Nullable QueueAccess access;

  private static volatile boolean opened;

  static {
    DurableFilePath.register();
  }

  /** How the database is opened; to be said before anybody does. */
  static void use(QueueAccess access) {
    DurableDriver.access = access;
    opened = false;
  }

  static @Nullable QueueAccess access() {
    return access;
  }

  @Override
  public Connection connect(String url, Properties credentials) throws SQLException {
    var way = access;
    if (way == null) {
      throw new SQLException("the database is opened before the daemon is ready for that");
    }
    return opened ? join(way, url) : open(way, url);
  }

  /**
   * A database that gives up while it is opened stays with H2 until it was found so in both of the
   * ways in which it says it. Then the next one opens the file anew.
   */
  private static Connection join(QueueAccess way, String url) throws SQLException {
    for (var found = 0; ; found++) {
      try {
        return way.connect(url);
      } catch (SQLException e) {
        if (found == WAYS_TO_SAY_SO || !DiskTrouble.isDisk(e)) {
          throw e;
        }
      }
    }
  }

  /** A pool may try it twice at once: the second would find in use what the first forgot. */
  private static Connection open(QueueAccess way, String url) throws SQLException {
    OPENING.lock();
    try {
      var connection = way.connect(url);
      opened = true;
      return connection;
    } finally {
      if (!opened) {
        DurableFilePath.closeForgotten(QueueAccess.file(url));
      }
      OPENING.unlock();
    }
  }
}
