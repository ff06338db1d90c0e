package io.tillkeeper.storage;

import static io.tillkeeper.api.Till.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What regular copies take of the disk, and leave on it. */
@QuarkusTest
@WithTestResource(TestBox.class)
class BackupsQuarkusTest {

  @Inject Backups backups;
  @Inject StorageConfig storage;
  @Inject TestDisk disk;

  @AfterEach
  void makeRoom() {
    disk.fill(false);
  }

  private Path directory() {
    return storage.directory().resolve(Backups.DIRECTORY);
  }

  @Test
  void whatAKilledDaemonLeftOfACopyGoesWithTheNext() throws IOException {
    customer(Map.of("name", "Ana"));
    Files.createDirectories(directory());
    var left = Files.createFile(directory().resolve("regular-00000000.zip.part"));

    var copy = backups.takeRegular();

    assertThat(left).doesNotExist();
    assertThat(copy.file()).exists();
    assertThat(storage.directory().resolve("trial")).doesNotExist();
  }

  /** It is taken out again on the same disk, to see whether it is whole. */
  @Test
  void aRegularCopyNeedsRoomForTwoAndMakesWhatItCan() throws IOException {
    customer(Map.of("name", "Ana"));
    var left = Files.createDirectory(storage.directory().resolve("trial"));
    Files.createFile(left.resolve(QueueFile.NAME));
    var before = Backups.regular(storage.directory());
    disk.leave(disk.databaseBytes() + disk.databaseBytes() / 2);

    assertThatThrownBy(backups::takeRegular).isInstanceOf(Backups.NoRoom.class);

    assertThat(left).doesNotExist();
    assertThat(Backups.regular(storage.directory())).isEqualTo(before);
    assertThat(backups.take().file()).exists();
  }
}
