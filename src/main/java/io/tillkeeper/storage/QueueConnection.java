package io.tillkeeper.storage;

import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.h2.api.ErrorCode;
import org.h2.engine.Database;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;
import org.h2.message.DbException;

/**
 * A connection that knows when its database has given up because the disk failed. One of H2's goes
 * on in a closed store, and may then look for ever for a version that is not there ({@code
 * MVStore.registerVersionUsage}), with whoever asked it to.
 *
 * <p>Nothing of a transaction that was under way is on the disk then. What it is asked to do fails;
 * to end what it was about is nothing any more, so that whoever holds it gets rid of it quietly.
 */
final class QueueConnection extends JdbcConnection {

  /** A second time would close what was opened since. */
  private static final ReentrantLock CLOSING = new ReentrantLock();

  /** A session that was closed does not tell any more. */
  private final Database database;

  QueueConnection(String url, Properties credentials) throws SQLException {
    super(url, credentials, null, null, false);
    database = ((SessionLocal) getSession()).getDatabase();
  }

  @Override
  protected void checkClosed() {
    super.checkClosed();
    if (isGivenUp()) {
      throw DbException.get(ErrorCode.DATABASE_IS_CLOSED);
    }
  }

  @Override
  public boolean isValid(int timeout) {
    return !isGivenUp() && super.isValid(timeout);
  }

  @Override
  public void setAutoCommit(boolean autoCommit) throws SQLException {
    if (!isGivenUp()) {
      super.setAutoCommit(autoCommit);
    }
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    return !isGivenUp() && super.getAutoCommit();
  }

  @Override
  public void rollback() throws SQLException {
    if (!isGivenUp()) {
      super.rollback();
    }
  }

  /** H2 would close the database once more, by its name, and so the one that was opened since. */
  @Override
  public void close() throws SQLException {
    if (!isGivenUp()) {
      super.close();
    }
  }

  /** A database that has is closed for good, so that the next connection opens the file anew. */
  private boolean isGivenUp() {
    var store = database.getStore().getMvStore();
    if (store.isClosed()) {
      return true;
    }
    if (store.getPanicException() == null) {
      return false;
    }
    CLOSING.lock();
    try {
      if (!store.isClosed()) {
        database.shutdownImmediately();
      }
    } finally {
      CLOSING.unlock();
    }
    return true;
  }
}
