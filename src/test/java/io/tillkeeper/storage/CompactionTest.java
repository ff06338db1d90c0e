package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The size of a file in which rows are changed again and again, and go. */
class CompactionTest {

  private static final int ROWS = 1_000;
  private static final int CHANGES = 1_000;
  private static final int EVERY = 100;
  private static final int FEW = 10;

  /** Of these only the first and the last stay. */
  private static final int FLOOD = 20_000;

  private static final int KEPT = 1_000;

  private static final int LARGE = 6 * 1024 * 1024;
  private static final int SMALL = 3 * 1024 * 1024;
  private static final int ENOUGH_RUNS = 10;

  /** Space is used again at once, so that the test need not wait for that. */
  private static final String SETTINGS =
      ";RETENTION_TIME=0;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;CACHE_SIZE=4096;PAGE_SIZE=1024;MAX_COMPACT_TIME=0";

  @TempDir Path directory;

  @BeforeAll
  static void register() {
    DurableFilePath.register();
  }

  @Test
  void theFileDoesNotBecomeMostlyHoles() throws Exception {
    var left = sizeAfterChanges(directory.resolve("left"), false);
    var compacted = sizeAfterChanges(directory.resolve("compacted"), true);

    assertThat(compacted).isLessThan(left / 2);
  }

  @Test
  void theFileBecomesSmallerAgainAfterAFlood() throws Exception {
    try (var connection = open(directory)) {
      fill(connection, FLOOD);
      execute(
          connection, "delete from t where id between %d and %d".formatted(KEPT, FLOOD - KEPT - 1));
      assertThat(size(directory)).isGreaterThan(LARGE);

      for (var run = 0; run < ENOUGH_RUNS; run++) {
        DenseFile.make(connection, SMALL);
        change(connection, new Random(run), 1);
      }

      assertThat(size(directory)).isLessThan(SMALL);
      assertThat(rows(connection)).isEqualTo(2 * KEPT);
    }
  }

  @Test
  void whatIsWrittenAnewDoesNotWaitForTheNextCommit() throws Exception {
    try (var connection = open(directory)) {
      fill(connection, ROWS);
      change(connection, new Random(1), CHANGES);
      var before = WrittenBytes.total();

      var steps = DenseFile.make(connection, SMALL);
      var written = WrittenBytes.total() - before;
      change(connection, new Random(2), 1);

      assertThat(steps).isPositive();
      assertThat(WrittenBytes.total() - before - written).isLessThan(written);
    }
  }

  @Test
  void aFileThatIsDenseIsLeftAlone() throws Exception {
    try (var connection = open(directory)) {
      fill(connection, ROWS);

      assertThat(DenseFile.make(connection, SMALL)).isZero();
    }
  }

  @Test
  void aRunIsBegunOnlyAfterEnoughWasWrittenAndPausesAfterEachStep() throws Exception {
    try (var connection = open(directory)) {
      fill(connection, ROWS);
      var pauses = new ArrayDeque<Runnable>();
      var compaction = new Compaction(database(directory), disk(directory), pulse(pauses));

      change(connection, new Random(1), FEW);
      compaction.begin();
      assertThat(pauses).isEmpty();

      change(connection, new Random(2), CHANGES);
      compaction.begin();
      compaction.begin();
      assertThat(pauses).hasSize(1);
      assertThat(run(pauses)).isGreaterThan(2);
      assertThat(rows(connection)).isEqualTo(ROWS);
    }
  }

  /** Returns the size of the file after many small commits, before it is closed. */
  private static long sizeAfterChanges(Path directory, boolean compact)
      throws SQLException, IOException {
    var random = new Random(1);
    try (var connection = open(directory)) {
      fill(connection, ROWS);
      for (var changed = 0; changed < CHANGES; changed += EVERY) {
        change(connection, random, EVERY);
        if (compact) {
          DenseFile.make(connection, SMALL);
        }
      }
      assertThat(rows(connection)).isEqualTo(ROWS);
      return size(directory);
    }
  }

  private static Connection open(Path directory) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:durable:" + directory + "/queue" + SETTINGS);
  }

  private static void fill(Connection connection, int rows) throws SQLException {
    execute(connection, "create table t (id int primary key, text varchar(1000))");
    for (var row = 0; row < rows; row += ROWS) {
      execute(
          connection,
          "insert into t select x, lpad(x, 300, '0') from system_range(%d, %d)"
              .formatted(row, row + ROWS - 1));
    }
  }

  private static void change(Connection connection, Random random, int changes)
      throws SQLException {
    try (var update = connection.prepareStatement("update t set text = ? where id = ?")) {
      for (var change = 0; change < changes; change++) {
        update.setString(1, "%0300d".formatted(random.nextInt(CHANGES)));
        update.setInt(2, random.nextInt(ROWS));
        update.executeUpdate();
      }
    }
  }

  private static DiskReserve disk(Path directory) {
    return new DiskReserve(TestStorage.plain(directory));
  }

  private static DataSource database(Path directory) {
    var database = new JdbcDataSource();
    database.setURL("jdbc:h2:durable:" + directory + "/queue");
    return database;
  }

  /** Has what is to be done later wait for the test. */
  private static Pulse pulse(Queue<Runnable> later) {
    return new Pulse() {
      @Override
      public void once(Duration after, Runnable work) {
        later.add(work);
      }
    };
  }

  /** Returns how often something was to be done later. */
  private static int run(Queue<Runnable> later) {
    var times = 0;
    for (var work = later.poll(); work != null; work = later.poll()) {
      work.run();
      times++;
    }
    return times;
  }

  private static long rows(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from t where length(text) = 300")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long size(Path directory) throws IOException {
    return Files.size(directory.resolve(QueueFile.NAME));
  }
}
