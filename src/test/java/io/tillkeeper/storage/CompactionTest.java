package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of a file in which single rows are changed again and again. */
class CompactionTest {

  private static final int ROWS = 1_000;
  private static final int CHANGES = 1_000;
  private static final int EVERY = 100;

  /** Space is used again at once, so that the test need not wait for that. */
  private static final String SETTINGS =
      ";RETENTION_TIME=0;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;CACHE_SIZE=8192;PAGE_SIZE=1024";

  @TempDir Path directory;

  @BeforeAll
  static void register() {
    DurableFilePath.register();
  }

  @Test
  void theFileDoesNotBecomeMostlyHoles() throws Exception {
    var left = change(directory.resolve("left"), false);
    var compacted = change(directory.resolve("compacted"), true);

    assertThat(compacted).isLessThan(left / 2);
  }

  /** Returns the size of the file after many small commits, before it is closed. */
  private static long change(Path directory, boolean compact) throws SQLException, IOException {
    var random = new Random(1);
    try (var connection =
        DriverManager.getConnection("jdbc:h2:durable:" + directory + "/queue" + SETTINGS)) {
      fill(connection);
      try (var update = connection.prepareStatement("update t set text = ? where id = ?")) {
        for (var change = 1; change <= CHANGES; change++) {
          update.setString(1, "%0300d".formatted(change));
          update.setInt(2, random.nextInt(ROWS));
          update.executeUpdate();
          if (compact && change % EVERY == 0) {
            Compaction.compact(connection);
          }
        }
      }
      assertThat(sum(connection)).isEqualTo(ROWS);
      return Files.size(directory.resolve(QueueFile.NAME));
    }
  }

  private static void fill(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("create table t (id int primary key, text varchar(1000))");
      statement.execute(
          "insert into t select x, lpad(x, 300, '0') from system_range(0, %d)".formatted(ROWS - 1));
    }
  }

  private static long sum(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from t where length(text) = 300")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
