package io.tillkeeper.queue;

import io.tillkeeper.storage.Progress;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;

/** Reads how far a database and the journal have come. */
@ApplicationScoped
public class QueueProgress implements Progress {

  @Override
  public long inDatabase(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      try (var tables =
          connection
              .getMetaData()
              .getTables(null, "PUBLIC", "OPERATION", new String[] {"BASE TABLE"})) {
        if (!tables.next()) {
          return 0;
        }
      }
      try (var last = statement.executeQuery("select max(seq) from operation")) {
        return last.next() ? last.getLong(1) : 0;
      }
    }
  }

  @Override
  public long inJournal(byte[] entry) {
    return Content.readEntry(entry).seq();
  }

  @Override
  public long takeNumber(Connection connection) throws SQLException {
    return OperationNumbers.take(connection);
  }
}
