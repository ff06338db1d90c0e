package io.tillkeeper.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The forms of the database that this version knows, as Flyway writes them down in it: the numbers
 * and the checksums of its migrations. A database has all of them at nearly each start, and to have
 * Flyway find that there is nothing to do takes a tenth of it.
 */
final class KnownForms {

  private static final String FILE = "/db/forms.txt";

  private static final String HISTORY = "flyway_schema_history";

  private KnownForms() {}

  /** Whether a database has been through all of them, and through no other. */
  static boolean areThoseOf(Connection connection) throws SQLException {
    return all().equals(of(connection));
  }

  static List<String> all() {
    try (var file = Objects.requireNonNull(KnownForms.class.getResourceAsStream(FILE))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> of(Connection connection) throws SQLException {
    var forms = new ArrayList<String>();
    try (var tables = connection.getMetaData().getTables(null, "PUBLIC", HISTORY, null)) {
      if (!tables.next()) {
        return forms;
      }
    }
    try (var query =
            connection.prepareStatement(
                "select \"version\", \"checksum\", \"success\" from \"%s\" where \"version\" is not null order by \"installed_rank\""
                    .formatted(HISTORY));
        var rows = query.executeQuery()) {
      while (rows.next()) {
        forms.add(line(rows.getString(1), rows.getInt(2)) + (rows.getBoolean(3) ? "" : " failed"));
      }
    }
    return forms;
  }

  static String line(String version, int checksum) {
    return version + " " + checksum;
  }
}
