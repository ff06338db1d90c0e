package io.tillkeeper.storage;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes the database's file dense, and small however small it is, when a test wants it. */
public final class DenseFile {

  private static final int MOST_STEPS = 200;

  private DenseFile() {}

  /** Returns in how many steps. */
  public static int make(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      return make(connection, 0);
    }
  }

  /**
   * The same.
   *
   * @param small bytes that the file may have, whatever is in it
   */
  static int make(Connection connection, long small) throws SQLException {
    var steps = 0;
    while (steps < MOST_STEPS && Compaction.step(connection, small)) {
      steps++;
    }
    return steps;
  }
}
