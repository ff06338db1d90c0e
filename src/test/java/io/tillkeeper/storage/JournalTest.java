package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was accepted, as the journal has it. */
class JournalTest {

  @TempDir Path directory;

  @Test
  void whatCouldNotBeWrittenIsWrittenWithTheNext() throws IOException {
    var config = TestStorage.plain(directory);
    var journal = new Journal(config, new Encryption(config));
    var inTheWay = Files.createFile(directory.resolve("journal"));
    assertThatThrownBy(() -> journal.append(entry("first"))).isInstanceOf(IOException.class);
    Files.delete(inTheWay);

    journal.append(entry("second"));
    journal.append(entry("third"));

    assertThat(journal.entries())
        .extracting(bytes -> new String(bytes, UTF_8))
        .containsExactly("first", "second", "third");
    journal.close();
  }

  private Journal journal(boolean encrypted) throws IOException {
    var config = encrypted ? TestStorage.encrypted(directory) : TestStorage.plain(directory);
    var encryption = new Encryption(config);
    encryption.makeKey();
    return new Journal(config, encryption);
  }

  private Path file() throws IOException {
    try (var files = Files.list(directory.resolve("journal"))) {
      return files.findFirst().orElseThrow();
    }
  }

  private static Optional<String> last(Journal journal) throws IOException {
    return journal.last().map(bytes -> new String(bytes, UTF_8));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theLastIsTheLastThatIsWhole(boolean encrypted) throws IOException {
    var journal = journal(encrypted);
    assertThat(last(journal)).isEmpty();
    for (var nth = 1; nth <= 200; nth++) {
      journal.append(entry("entry " + nth));
    }
    journal.close();
    assertThat(last(journal)).hasValue("entry 200");

    var whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    assertThat(last(journal)).as("the last was cut off").hasValue("entry 199");

    whole[whole.length - 1] ^= 1;
    Files.write(file(), whole);
    assertThat(last(journal)).as("the last is damaged").hasValue("entry 199");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anEntryThatTheDiskHasChangedDoesNotHideThoseAfterIt(boolean encrypted) throws IOException {
    var journal = journal(encrypted);
    for (var text : List.of("first", "second", "third")) {
      journal.append(entry(text));
    }
    journal.close();
    var bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);

    assertThat(journal.entries())
        .extracting(entry -> new String(entry, UTF_8))
        .containsExactly("first", "third");
  }

  @Test
  void whatIsNotWrittenAtTheEndOfAFileIsNoEntry() throws IOException {
    var journal = journal(false);
    journal.append(entry("first"));
    journal.close();
    var bytes = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(bytes, bytes.length + 4096));

    assertThat(journal.entries()).hasSize(1);
    assertThat(last(journal)).hasValue("first");
  }

  @Test
  void afterAFileWithoutAnyTheLastIsThatOfTheOneBefore() throws IOException {
    var journal = journal(false);
    journal.append(entry("before"));
    journal.turn();
    journal.close();

    assertThat(last(journal)).hasValue("before");
  }

  private static List<byte[]> entry(String text) {
    return List.of(text.getBytes(UTF_8));
  }
}
