package io.tillkeeper.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.h2.engine.Constants;

/**
 * A digest of what defines the tables, kept with them: where the disk has changed a name, the file
 * can be read and the queue cannot.
 */
final class SchemaDigest {

  private static final Pattern STATISTICS = Pattern.compile(" SELECTIVITY \\d+");

  private SchemaDigest() {}

  /** Writes it down, where the tables were changed, or H2 has become another since. */
  static void keep(Connection connection, boolean changed) throws SQLException {
    if (!changed && kept(connection).isPresent()) {
      return;
    }
    try (var delete = connection.prepareStatement("delete from schema_digest");
        var insert = connection.prepareStatement("insert into schema_digest values (?, ?)")) {
      delete.executeUpdate();
      insert.setString(1, Constants.VERSION);
      insert.setString(2, of(connection));
      insert.executeUpdate();
    }
  }

  /** Whether it is as it was written; true where none is kept. */
  static boolean isRight(Connection connection) throws SQLException {
    try (var tables = connection.getMetaData().getTables(null, "PUBLIC", "SCHEMA_DIGEST", null)) {
      if (!tables.next()) {
        return true;
      }
    }
    var kept = kept(connection);
    return kept.isEmpty() || kept.get().equals(of(connection));
  }

  /** The one that this version of H2 wrote: another writes the same in another way. */
  private static Optional<String> kept(Connection connection) throws SQLException {
    try (var query =
        connection.prepareStatement("select digest from schema_digest where h2_version = ?")) {
      query.setString(1, Constants.VERSION);
      try (var rows = query.executeQuery()) {
        return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
      }
    }
  }

  private static String of(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var lines = statement.executeQuery("script nodata nopasswords nosettings")) {
      var digest = MessageDigest.getInstance("SHA-256");
      while (lines.next()) {
        var line = lines.getString(1);
        if (!isCount(line)) {
          digest.update(STATISTICS.matcher(line).replaceAll("").getBytes(StandardCharsets.UTF_8));
        }
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
  }

  /** The numbers of rows are in remarks, and where a sequence stands is in its definition. */
  private static boolean isCount(String line) {
    return line.startsWith("--") || line.startsWith("CREATE SEQUENCE") || line.contains("IDENTITY");
  }
}
