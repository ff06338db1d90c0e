package io.tillkeeper.sync;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tillkeeper.TestBox;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No power cut loses what was acknowledged, or leaves a database that does not open; with the
 * settings of the product, but for the time after which the database uses space again: that is 45
 * seconds, and a test is shorter. For a long run: {@code -Dtillkeeper.powercuts.images=2000}.
 */
@QuarkusTest
@TestProfile(PowerCutQuarkusTest.Recorded.class)
@WithTestResource(TestBox.class)
class PowerCutQuarkusTest {

  private static final String SETTINGS =
      ";RETENTION_TIME=250;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;PAGE_SIZE=1024;MAX_COMPACT_TIME=0";

  /** A daemon whose file access is written down. */
  public static class Recorded implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:h2:durable:recorded:${tillkeeper.storage.directory}/queue" + SETTINGS);
    }
  }

  @Inject PowerCuts cuts;
  @TempDir Path directory;
  Simulator odoo;

  @Test
  void whatWasAcknowledgedIsThereAfterAnyCut() throws Exception {
    cuts.check(odoo, SETTINGS, directory);
  }
}
