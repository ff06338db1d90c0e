package io.tillkeeper.storage;

import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.tillkeeper.Await;
import io.tillkeeper.TestBox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A daemon of its own, whose copies are counted. */
@QuarkusTest
@TestProfile(RegularBackupsQuarkusTest.ADaemonOfItsOwn.class)
@WithTestResource(TestBox.class)
class RegularBackupsQuarkusTest {

  /** A profile makes a daemon of its own. */
  public static class ADaemonOfItsOwn implements QuarkusTestProfile {}

  @Inject RegularBackups backups;
  @Inject StorageConfig storage;

  @Test
  void theFirstLookFindsWhatWasWrittenSinceTheStartAndNoneFindsAnythingInADaemonAtRest() {
    customer(Map.of("name", "Ana"));

    backups.take();

    assertThat(copies()).hasSize(1);
    // The customer's delivery and the daemon's first seconds write too.
    Await.until(
        Duration.ofSeconds(10), () -> !makesACopy(), () -> "a look that finds nothing written");
  }

  private boolean makesACopy() {
    var before = copies();
    backups.take();
    return !copies().equals(before);
  }

  private List<Path> copies() {
    try {
      return Backups.regular(storage.directory());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
