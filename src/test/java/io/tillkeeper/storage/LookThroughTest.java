package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.h2.Driver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A single byte of the database's file is another, as on a card that forgets. */
class LookThroughTest {

  private static final int BYTES = Integer.getInteger("tillkeeper.bytes", 300);

  /** What comes before is written twice, and put right from the other. */
  private static final int HEADERS = 8192;

  private static final String ACCEPTED =
      "select seq, customer_ref, kind, content, base, parent_ref from operation order by seq";

  @TempDir Path directory;

  @Test
  void whicheverByteIsAnotherWhatWasAcceptedIsAsItWasOrTheDamageIsSeen()
      throws SQLException, IOException {
    var access = QueueAccess.of(TestStorage.plain(directory));
    var file = directory.resolve(QueueFile.NAME);
    fill();
    assertThat(QueueFile.isDamaged(directory, access)).isFalse();
    var accepted = read(access);
    var whole = Files.readAllBytes(file);

    var seed = Long.getLong("tillkeeper.it.seed", System.nanoTime());
    var random = new Random(seed);
    var seen = 0;
    for (var i = 0; i < BYTES; i++) {
      var at = HEADERS + random.nextInt(whole.length - HEADERS);
      var bytes = whole.clone();
      bytes[at] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, bytes);
      if (QueueFile.isDamaged(directory, access)) {
        seen++;
      } else {
        assertThat(read(access)).as("seed %d, byte %d", seed, at).isEqualTo(accepted);
      }
    }
    assertThat(seen).as("of %d, seed %d", BYTES, seed).isPositive();
  }

  private void fill() throws SQLException {
    var url = "jdbc:h2:" + directory.resolve(QueueFile.DATABASE);
    Flyway.configure().dataSource(url, "tillkeeper", "").load().migrate();
    try (var connection = Driver.load().connect(url + ";USER=tillkeeper", null);
        var statement = connection.createStatement()) {
      statement.execute(
          """
          insert into operation (seq, customer_ref, kind, content, base, accepted_at, request_digest,
            state, state_since, not_before, tries)
          select x, random_uuid(), 'UPDATE', '{"values":{"name":"Customer ' || x || '","zip":"36201"}}',
            '{"values":{"zip":"36202"}}', current_timestamp, random_uuid(), 'pending', current_timestamp, current_timestamp, 0
          from system_range(1, 200)
          """);
      statement.execute(
          """
          update operation set digest = cast(substring(hash('SHA-256',
            concat_ws('|', customer_ref, kind, parent_ref, content, base)) from 1 for 8) as bigint)
          """);
      SchemaDigest.keep(connection, true);
      // what H2 adds to what defines the tables as time goes by
      statement.execute("analyze");
      statement.execute("alter sequence operation_seq restart with 201");
      statement.execute(
          "insert into link_change (at, state) values (current_timestamp, 'up'), (current_timestamp, 'down')");
      statement.execute("shutdown compact");
    }
  }

  private List<List<Object>> read(QueueAccess access) throws SQLException {
    try (var connection = access.openToRead(directory)) {
      return read(connection);
    }
  }

  private static List<List<Object>> read(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(ACCEPTED)) {
      var all = new ArrayList<List<Object>>();
      while (rows.next()) {
        var row = new ArrayList<Object>();
        for (var column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
          row.add(rows.getObject(column));
        }
        all.add(row);
      }
      return all;
    }
  }
}
