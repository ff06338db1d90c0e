package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.QueueChange.OperationMoved;
import io.tillkeeper.queue.QueueChanged;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.AfterPowerCut;
import io.tillkeeper.storage.DenseFile;
import io.tillkeeper.storage.RecordedFilePath;
import io.tillkeeper.storage.StorageConfig;
import io.tillkeeper.storage.WriteLog;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Runs a shop at random over a daemon whose file access is written down, and cuts its power at
 * random moments: each file that a cut could have left is opened as the product opens it, and must
 * hold what was acknowledged by then.
 */
@ApplicationScoped
public class PowerCuts {

  private static final int STEPS = 400;
  private static final int STEPS_BETWEEN_COMPACTIONS = 20;

  private final Scene scene;
  private final OperationQueue queue;
  private final StorageConfig storage;
  private final DataSource database;

  /** Where each operation was after each commit that was told, the first being none. */
  private final List<Map<Long, String>> told = new ArrayList<>();

  private boolean recording;

  PowerCuts(Scene scene, OperationQueue queue, StorageConfig storage, DataSource database) {
    this.scene = scene;
    this.queue = queue;
    this.storage = storage;
    this.database = database;
  }

  /** A commit is told when it is on the disk, before anyone is answered. */
  void follow(@Observes QueueChanged event) {
    if (!recording) {
      return;
    }
    var now = new TreeMap<>(told.getLast());
    event
        .changes()
        .forEach(
            change -> {
              if (change instanceof OperationMoved moved) {
                now.put(moved.seq(), moved.state().code());
              }
            });
    told.add(now);
    RecordedFilePath.LOG.mark();
  }

  /**
   * Checks so many cuts.
   *
   * @param settings what the product says to the database when it opens it, after its path
   * @param directory for the files that the cuts leave
   */
  void check(Simulator odoo, String settings, Path directory) throws Exception {
    var seed = Long.getLong("tillkeeper.powercuts.seed", System.nanoTime());
    var images = Integer.getInteger("tillkeeper.powercuts.images", 50);
    var run = "-Dtillkeeper.powercuts.seed=" + seed;
    System.out.println("PowerCuts: " + run);
    var random = new Random(seed);
    record(odoo, random);
    for (var image = 0; image < images; image++) {
      var cut = random.nextInt(RecordedFilePath.LOG.size() + 1);
      check(
          RecordedFilePath.LOG.inOrder(cut, random),
          settings,
          directory,
          "%s, cut at step %d of %d".formatted(run, cut, RecordedFilePath.LOG.size()));
    }
  }

  private void record(Simulator odoo, Random random) throws IOException, SQLException {
    scene.begin(odoo);
    told.clear();
    told.add(new TreeMap<>());
    RecordedFilePath.LOG.begin(Files.readAllBytes(storage.directory().resolve("queue.mv.db")));
    recording = true;
    var shop = new RandomShop(queue, odoo, random);
    var compacted = 0;
    for (var step = 0; step < STEPS; step++) {
      shop.step();
      if (random.nextInt(4) == 0) {
        scene.drainPatiently();
      }
      if (step % STEPS_BETWEEN_COMPACTIONS == 0) {
        compacted += DenseFile.make(database);
      }
    }
    assertThat(compacted).isPositive();
    recording = false;
  }

  private void check(WriteLog.Image image, String settings, Path directory, String run)
      throws IOException, SQLException {
    var database = Files.createTempDirectory(directory, "cut");
    image.writeTo(database.resolve("queue.mv.db"));
    var acknowledged = told.get(image.acknowledged());
    var next = told.get(Math.min(image.acknowledged() + 1, told.size() - 1));
    try (var connection = AfterPowerCut.open(database, settings, storage)) {
      assertThat(states(connection)).as(run).isIn(acknowledged, next);
      readEverything(connection);
      connection.createStatement().execute("shutdown immediately");
    }
    Files.delete(database.resolve("queue.mv.db"));
  }

  private static Map<Long, String> states(Connection connection) throws SQLException {
    var states = new TreeMap<Long, String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select seq, state from operation")) {
      while (rows.next()) {
        states.put(rows.getLong(1), rows.getString(2));
      }
    }
    return states;
  }

  /** Every page of every table and index is where it should be. */
  private static void readEverything(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var script = statement.executeQuery("script nopasswords")) {
      while (script.next()) {
        assertThat(script.getString(1)).isNotNull();
      }
    }
  }
}
