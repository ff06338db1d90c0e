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

/** The same with an encrypted database. */
@QuarkusTest
@TestProfile(EncryptedPowerCutQuarkusTest.Recorded.class)
@WithTestResource(TestBox.class)
class EncryptedPowerCutQuarkusTest {

  private static final String SETTINGS =
      ";RETENTION_TIME=250;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;PAGE_SIZE=1024;MAX_COMPACT_TIME=0";

  /** A daemon whose file access is written down. */
  public static class Recorded implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.datasource.jdbc.url",
          "jdbc:h2:durable:recorded:${tillkeeper.storage.directory}/queue" + SETTINGS,
          "tillkeeper.storage.encrypted",
          "true");
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
