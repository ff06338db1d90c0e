package io.tillkeeper.queue;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * The queue as it is at the moment when this is made, however long it is looked at and whatever is
 * written meanwhile. Nobody waits for it.
 */
final class Snapshot implements AutoCloseable {

  /**
   * H2's level {@code SNAPSHOT}, for which JDBC has no name: the first statement of a transaction
   * fixes what all of them see.
   */
  private static final int LEVEL = 6;

  private final Connection connection;

  private Snapshot(Connection connection) {
    this.connection = connection;
  }

  static Snapshot of(DataSource database) throws SQLException {
    var connection = database.getConnection();
    try {
      connection.setTransactionIsolation(LEVEL);
      connection.setAutoCommit(false);
      var snapshot = new Snapshot(connection);
      snapshot.setting(Settings.DELIVERED_TOTAL);
      return snapshot;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** How many operations are in a state. */
  long operations(String state) throws SQLException {
    return number("select count(*) from operation where state = ?", state);
  }

  /** A number that is kept among the settings; 0 when there is none. */
  long setting(String name) throws SQLException {
    return number("select content from setting where name = ?", name);
  }

  private long number(String query, String parameter) throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      statement.setString(1, parameter);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : 0;
      }
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      connection.rollback();
      connection.setAutoCommit(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
    }
  }
}
