package io.tillkeeper.storage;

import java.sql.Connection;
import java.sql.SQLException;

/** How far the database and the journal have come, which are the queue's to read. */
public interface Progress {

  /** The number of the last operation in a database; 0 when there is none. */
  long inDatabase(Connection connection) throws SQLException;

  /** The number of the operation of an entry of the journal. */
  long inJournal(byte[] entry);
}
