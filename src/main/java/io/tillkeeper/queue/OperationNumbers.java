package io.tillkeeper.queue;

import io.tillkeeper.storage.EarlyOpening;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalLong;
import org.hibernate.Session;

/**
 * Numbers the operations, upwards. No number is given twice, a crash included; one that was taken
 * and not used is left out.
 *
 * <p>H2 writes to the disk for one number in thirty-two, and for the first after a start, which is
 * taken early.
 */
@ApplicationScoped
class OperationNumbers {

  private final EntityManager entities;
  private OptionalLong early = EarlyOpening.takeNumber();

  OperationNumbers(EntityManager entities) {
    this.entities = entities;
  }

  /** The next one, within a transaction of {@link GroupCommit}'s. */
  synchronized long next() {
    var first = early;
    early = OptionalLong.empty();
    return first.isPresent()
        ? first.getAsLong()
        : entities.unwrap(Session.class).doReturningWork(OperationNumbers::take);
  }

  /** Those that come next come after this one. */
  synchronized void continueAfter(long last) {
    early = OptionalLong.empty();
    entities
        .createNativeQuery("alter sequence operation_seq restart with " + (last + 1))
        .executeUpdate();
  }

  static long take(Connection connection) throws SQLException {
    try (var statement = connection.prepareStatement("select next value for operation_seq");
        var number = statement.executeQuery()) {
      number.next();
      return number.getLong(1);
    }
  }
}
