package io.tillkeeper.host;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tillkeeper.TestBox;
import io.tillkeeper.storage.StorageConfig;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** A daemon of its own, since its database is broken under it. */
@QuarkusTest
@TestProfile(DeadDatabaseQuarkusTest.ADaemonOfItsOwn.class)
@WithTestResource(TestBox.class)
class DeadDatabaseQuarkusTest {

  /** A profile makes a daemon of its own. */
  public static class ADaemonOfItsOwn implements QuarkusTestProfile {}

  @Inject DataSource database;
  @Inject StorageConfig storage;

  @Test
  void aDeadDatabaseIsNotHealthy() throws IOException, SQLException {
    var file = storage.directory().resolve("queue.mv.db");
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("shutdown immediately");
    }
    Files.delete(file);
    Files.createDirectory(file);

    given()
        .get("/q/health/live")
        .then()
        .statusCode(503)
        .body("checks.find { it.name == 'queue' }.status", equalTo("DOWN"))
        .body("checks.find { it.name == 'worker' }.status", equalTo("UP"));
  }
}
