package io.tillkeeper.storage;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * How far the database and the journal have come, and how they go on, which is the queue's to know.
 */
public interface Progress {

  /** The number of the last operation in a database; 0 when there is none. */
  long inDatabase(Connection connection) throws SQLException;

  /** The number of the operation of an entry of the journal. */
  long inJournal(byte[] entry);

  /**
   * Takes the number that the next operation is to have, which nobody else gets.
   *
   * @throws SQLException when the database is of a form that has none
   */
  long takeNumber(Connection connection) throws SQLException;
}
