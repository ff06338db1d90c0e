package io.tillkeeper.storage;

import io.agroal.api.AgroalDataSource;
import io.agroal.api.AgroalDataSource.FlushMode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import io.tillkeeper.api.Till;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The connections that the pool has, one of which has made the database. */
@QuarkusTest
@TestProfile(ConnectionsQuarkusTest.FirstRun.class)
@WithTestResource(TestBox.class)
class ConnectionsQuarkusTest {

  /** A daemon of its own: one whose database was opened again has no such connection any more. */
  public static class FirstRun implements QuarkusTestProfile {}

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Inject AgroalDataSource pool;

  /** As the pool does it when there was nothing to do for some minutes. */
  @Test
  void itDoesNotMatterWhichOfThemAreClosed() throws SQLException {
    var one = pool.getConnection();
    closeAllBut(one);
    var another = pool.getConnection();
    one.close();
    closeAllBut(another);
    another.close();

    Till.customer(Map.of("name", "Ana"));
  }

  /** Again and again: others open some meanwhile. */
  private void closeAllBut(Connection lent) {
    Await.until(PATIENCE, () -> isAlone(lent), () -> "others are open");
  }

  private boolean isAlone(Connection lent) {
    pool.flush(FlushMode.IDLE);
    return sessions(lent) == 1;
  }

  private static long sessions(Connection connection) {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from information_schema.sessions")) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
