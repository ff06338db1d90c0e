package io.tillkeeper.storage;

import java.sql.SQLException;
import javax.sql.DataSource;

/** Makes the database's file dense, and small however small it is, when a test wants it. */
public final class DenseFile {

  private DenseFile() {}

  /** Returns in how many steps. */
  public static int make(DataSource database) throws SQLException {
    try (var connection = database.getConnection()) {
      return Compaction.compact(connection, 0);
    }
  }
}
