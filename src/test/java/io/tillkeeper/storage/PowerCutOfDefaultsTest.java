package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why the product does not use the database's own settings: a power cut loses what was acknowledged
 * with them. Should this fail, the harness sees nothing; what the product does is checked by the
 * same means.
 */
class PowerCutOfDefaultsTest {

  private static final int COMMITS = 150;
  private static final int IMAGES = 40;
  private static final long SEED = 20260301;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"", ";WRITE_DELAY=0"})
  void withoutOrderedWritesAcknowledgedCommitsAreLost(String settings)
      throws IOException, SQLException {
    var random = new Random(SEED);
    record("recorded:" + directory.resolve("queue") + settings);

    var lost = 0;
    for (var image = 0; image < IMAGES; image++) {
      var cut = random.nextInt(RecordedFilePath.LOG.size() + 1);
      lost += holdsWhatItShould(RecordedFilePath.LOG.outOfOrder(cut, random)) ? 0 : 1;
    }

    assertThat(lost).isPositive();
  }

  @Test
  void withThemNoneIs() throws IOException, SQLException {
    var random = new Random(SEED);
    record("durable:recorded:" + directory.resolve("queue") + ";WRITE_DELAY=0");

    for (var image = 0; image < IMAGES; image++) {
      var cut = random.nextInt(RecordedFilePath.LOG.size() + 1);
      assertThat(holdsWhatItShould(RecordedFilePath.LOG.inOrder(cut, random)))
          .as("cut at step %d", cut)
          .isTrue();
    }
  }

  private static void record(String path) throws IOException, SQLException {
    DurableFilePath.register();
    RecordedFilePath.register();
    RecordedFilePath.LOG.begin(new byte[0]);
    try (var connection = DriverManager.getConnection("jdbc:h2:" + path);
        var statement = connection.createStatement()) {
      statement.execute("create table operation(seq int primary key, content varchar(1000))");
      for (var commit = 0; commit < COMMITS; commit++) {
        statement.execute(
            "insert into operation values (%d, '%s')".formatted(commit, "x".repeat(commit)));
        RecordedFilePath.LOG.mark();
      }
    }
  }

  private boolean holdsWhatItShould(WriteLog.Image image) throws IOException {
    var file = directory.resolve("cut.mv.db");
    if (image.acknowledged() == 0) {
      return true; // nothing was promised yet
    }
    image.writeTo(file);
    StoreHeader.putRight(file, QueueAccess.of(TestStorage.plain(directory)));
    try (var connection = DriverManager.getConnection("jdbc:h2:" + directory.resolve("cut"))) {
      return rows(connection) >= image.acknowledged();
    } catch (SQLException damaged) {
      return false;
    } finally {
      Files.delete(file);
    }
  }

  private static int rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select content from operation")) {
      var count = 0;
      while (rows.next()) {
        count++;
      }
      return count;
    }
  }
}
