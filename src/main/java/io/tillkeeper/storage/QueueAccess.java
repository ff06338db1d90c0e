package io.tillkeeper.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;

/**
 * How the queue's database is opened where the daemon itself does not have it open.
 *
 * @param settings of H2's, each with a semicolon before it
 */
record QueueAccess(String settings, String user, String password) {

  /** As the product has it. */
  static final QueueAccess USUAL = new QueueAccess(";TRACE_LEVEL_FILE=0", "tillkeeper", "");

  /** As the daemon opens it. */
  static QueueAccess of(String url, String user, String password) {
    var settings = url.indexOf(';');
    return new QueueAccess(settings < 0 ? "" : url.substring(settings), user, password);
  }

  /** Opens a database that is there. */
  Connection open(Path directory) throws SQLException {
    return open(directory, "");
  }

  /** Opens one that is there, and writes nothing. */
  Connection openToRead(Path directory) throws SQLException {
    return open(directory, ";ACCESS_MODE_DATA=r");
  }

  private Connection open(Path directory, String more) throws SQLException {
    DurableFilePath.register();
    var credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    try {
      return DriverManager.getConnection(
          "jdbc:h2:durable:%s/%s%s;IFEXISTS=TRUE%s"
              .formatted(directory.toAbsolutePath(), QueueFile.DATABASE, settings, more),
          credentials);
    } catch (RuntimeException e) {
      throw new SQLException(e); // what H2 finds in a file that makes no sense
    }
  }
}
