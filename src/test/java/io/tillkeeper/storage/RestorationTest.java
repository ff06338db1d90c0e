package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which copy should be brought back. */
class RestorationTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path directory;

  private Path copy(String name, Instant made) throws IOException {
    var file = Files.createDirectories(directory.resolve(Backups.DIRECTORY)).resolve(name);
    try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
      var entry = new ZipEntry(QueueFile.NAME);
      entry.setLastModifiedTime(FileTime.from(made));
      zip.putNextEntry(entry);
    }
    return file;
  }

  @Test
  void aCopyToWhichTheJournalDoesNotGoBackIsNotTheOneToTake() throws IOException {
    var old = copy("queue-1.zip", NOON.minusSeconds(10));
    copy("regular-00000003.zip", NOON);
    var newest = copy("regular-00000004.zip", NOON.plusSeconds(3600));

    assertThat(Restoration.moreComplete(old, directory)).hasValue(newest);
  }

  @Test
  void aCopyToWhichTheJournalGoesBackIsAsGoodAsAnyOther() throws IOException {
    var oldest = copy("regular-00000003.zip", NOON);
    var between = copy("queue-1.zip", NOON.plusSeconds(10));
    var newest = copy("regular-00000004.zip", NOON.plusSeconds(3600));

    assertThat(Restoration.moreComplete(oldest, directory)).isEmpty();
    assertThat(Restoration.moreComplete(between, directory)).isEmpty();
    assertThat(Restoration.moreComplete(newest, directory)).isEmpty();
  }

  /** Until there are two regular copies the journal has all of it. */
  @Test
  void aCopyIsGoodAsLongAsNothingOfTheJournalWasForgotten() throws IOException {
    var old = copy("queue-1.zip", NOON.minusSeconds(10));
    copy("regular-00000001.zip", NOON);

    assertThat(Restoration.moreComplete(old, directory)).isEmpty();
  }
}
