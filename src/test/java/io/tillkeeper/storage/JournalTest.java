package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is accepted while the journal cannot be written. */
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

  private static List<byte[]> entry(String text) {
    return List.of(text.getBytes(UTF_8));
  }
}
