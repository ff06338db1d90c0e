package io.tillkeeper.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What is asked of the database again and again goes along an index and stops where it has enough:
 * with ten thousand that wait, it would look at all of them each time, and a till would wait for
 * that.
 */
@QuarkusTest
@WithTestResource(TestBox.class)
class QueryPlanQuarkusTest {

  @Inject OperationQueue queue;
  @Inject EmptyQueue empty;
  @Inject DataSource database;

  @BeforeEach
  void begin() throws SQLException {
    empty.now();
    run("set query_statistics true");
  }

  @AfterEach
  void end() throws SQLException {
    run("set query_statistics false");
  }

  private void run(String command) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(command);
    }
  }

  @Test
  void aPickStopsAfterAsManyAsItTakes() throws SQLException {
    queue.pick(1);

    assertThat(plansOf("%not exists%"))
        .hasSize(1)
        .allSatisfy(QueryPlanQuarkusTest::isAlongItsIndex);
  }

  @Test
  void theOldestThatWaitsIsFoundWithoutLookingAtTheOthers() throws SQLException {
    queue.accept(
        new Acceptance(
            OperationKind.CREATE,
            new CustomerAddress.ByRef(UUID.randomUUID()),
            CustomerChange.read(Map.of("name", "Ana")),
            null,
            null,
            null,
            null,
            UUID.randomUUID()));
    queue.counts();

    assertThat(plansOf("select or1_0.accepted_at from%"))
        .hasSize(1)
        .allSatisfy(QueryPlanQuarkusTest::isAlongItsIndex);
  }

  private static void isAlongItsIndex(String plan) {
    assertThat(plan).contains("OPERATION_STATE").contains("/* index sorted */");
  }

  private List<String> plansOf(String like) throws SQLException {
    var plans = new ArrayList<String>();
    try (var connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "select sql_statement from information_schema.query_statistics where sql_statement like ?")) {
      statement.setString(1, like);
      try (var statements = statement.executeQuery()) {
        while (statements.next()) {
          plans.add(plan(connection, statements.getString(1)));
        }
      }
    }
    return plans;
  }

  private static String plan(Connection connection, String query) throws SQLException {
    try (var statement = connection.prepareStatement("explain " + query)) {
      fill(statement);
      try (var plan = statement.executeQuery()) {
        plan.next();
        return plan.getString(1);
      }
    }
  }

  /** With anything of the right type. */
  private static void fill(PreparedStatement statement) throws SQLException {
    var parameters = statement.getParameterMetaData();
    for (var nth = 1; nth <= parameters.getParameterCount(); nth++) {
      switch (parameters.getParameterType(nth)) {
        case Types.TIMESTAMP_WITH_TIMEZONE -> statement.setObject(nth, OffsetDateTime.now());
        case Types.VARCHAR -> statement.setString(nth, "pending");
        default -> statement.setInt(nth, 1);
      }
    }
  }
}
