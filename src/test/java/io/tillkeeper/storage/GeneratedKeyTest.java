package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that the daemon makes is there as long as one of its two files is. */
class GeneratedKeyTest {

  @TempDir Path directory;

  private Path file;
  private Path copy;
  private String made;

  @BeforeEach
  void make() throws IOException {
    file = directory.resolve("storage-key");
    copy = directory.resolve("storage-key.copy");
    new GeneratedKey(directory).make();
    made = key();
  }

  /** As a start takes it. */
  private String key() throws IOException {
    var key = new GeneratedKey(directory);
    key.mend();
    return key.source().orElseThrow().firstLine();
  }

  @Test
  void itIsMadeOnceHoweverManyDaemonsAreStarted() throws IOException {
    new GeneratedKey(directory).make();

    assertThat(key()).isEqualTo(made);
    assertThat(copy).hasSameTextualContentAs(file);
  }

  @Test
  void whicheverOfTheTwoIsGoneIsBroughtBackFromTheOther() throws IOException {
    Files.delete(file);
    assertThat(key()).isEqualTo(made);
    Files.delete(copy);
    assertThat(key()).isEqualTo(made);
    assertThat(copy).hasSameTextualContentAs(file);
  }

  @Test
  void aKeyInWhichTheDiskHasChangedSomethingIsNotTakenForOne() throws IOException {
    for (var at = 0; at < made.length(); at++) {
      var bytes = Files.readAllBytes(file);
      bytes[at] ^= 1;
      Files.write(file, bytes);

      assertThat(key()).isEqualTo(made);
      assertThat(copy).hasSameTextualContentAs(file);
    }
  }

  @Test
  void oneThatAPersonHasPutThereIsTakenAndKeptTwiceToo() throws IOException {
    var ours = "0123456789abcdef".repeat(4);
    Files.writeString(file, ours);

    assertThat(key()).isEqualTo(ours);
    Files.delete(file);
    assertThat(key()).isEqualTo(ours);
  }

  @Test
  void aStartThatWasCutOffBeforeThereWasOneMakesOne() throws IOException {
    Files.delete(copy);
    Files.write(file, new byte[0]);
    assertThat(new GeneratedKey(directory).source()).isEmpty();

    new GeneratedKey(directory).make();

    assertThat(key()).hasSameSizeAs(made).isNotEqualTo(made);
  }
}
