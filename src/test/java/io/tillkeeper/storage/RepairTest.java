package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is set aside stays. */
class RepairTest {

  /** A box without a battery for its clock is in the same second at each start. */
  private static final Instant ALWAYS = Instant.EPOCH;

  @TempDir Path directory;

  @Test
  void whatIsSetAsideInTheSameSecondTwiceIsThereTwice() throws IOException {
    setAside("the first");
    setAside("the second");

    try (var files = Files.list(directory.resolve(SetAside.DIRECTORY))) {
      assertThat(files.map(RepairTest::read)).containsExactlyInAnyOrder("the first", "the second");
    }
  }

  private void setAside(String content) throws IOException {
    Files.writeString(directory.resolve(QueueFile.NAME), content);
    Repair.fromNewestCopy(directory, QueueAccess.of(TestStorage.plain(directory)), ALWAYS);
    assertThat(directory.resolve(QueueFile.NAME)).doesNotExist();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
