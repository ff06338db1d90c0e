package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KnownFormsQuarkusTest {

  private static final Path MADE = Path.of("target", "forms.txt");

  @Inject FlywayFactory migrations;
  @Inject DataSource database;

  /** After a new migration: {@code cp target/forms.txt src/main/resources/db/}. */
  @Test
  void theProductsListIsWhatFlywayFinds() throws IOException {
    var found =
        Arrays.stream(migrations.make().info().all())
            .map(form -> KnownForms.line(form.getVersion().getVersion(), form.getChecksum()))
            .toList();
    Files.write(MADE, found);

    assertThat(KnownForms.all()).isEqualTo(found);
  }

  @Test
  void aDatabaseThatHasBeenThroughAllOfThemIsKnownAndNoOther() throws SQLException {
    try (var connection = database.getConnection()) {
      assertThat(KnownForms.of(connection)).isEqualTo(KnownForms.all());

      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.executeUpdate("update \"flyway_schema_history\" set \"success\" = false");
        assertThat(KnownForms.areThoseOf(connection)).isFalse();
        statement.executeUpdate("delete from \"flyway_schema_history\"");
        assertThat(KnownForms.areThoseOf(connection)).isFalse();
      } finally {
        connection.rollback();
      }
    }
  }
}
