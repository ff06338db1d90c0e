package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the holder of the code can read, and only whole. */
class SealedFileTest {

  private static final List<String> PAGES = List.of("Anastasia", "", "Bruno");

  private final String code = SealedFile.newCode();

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = directory.resolve("sealed");
    try (var writer = new SealedFile.Writer(file, code)) {
      for (var page : PAGES) {
        writer.add(page.getBytes(UTF_8));
      }
      writer.finish();
    }
  }

  private List<String> read(String with) throws IOException {
    var pages = new ArrayList<String>();
    SealedFile.read(file, with, page -> pages.add(new String(page, UTF_8)));
    return pages;
  }

  @Test
  void whoHasTheCodeReadsItHoweverItIsTyped() throws IOException {
    assertThat(read(code)).isEqualTo(PAGES);
    assertThat(read(code.toLowerCase(Locale.ROOT).replace('-', ' '))).isEqualTo(PAGES);
    assertThat(Files.readString(file, ISO_8859_1)).doesNotContain("Anastasia");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void withAnotherCodeNothingIsRead() {
    assertThatThrownBy(() -> read(SealedFile.newCode())).isInstanceOf(SealedFile.NotOpened.class);
    assertThatThrownBy(() -> read("")).isInstanceOf(SealedFile.NotOpened.class);
  }

  @Test
  void aFileThatWasCutOffOrChangedAnywhereIsNoFile() throws IOException {
    var whole = Files.readAllBytes(file);
    for (var length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(code)).isInstanceOf(SealedFile.NotOpened.class);
    }
    for (var at = 0; at < whole.length; at++) {
      var changed = whole.clone();
      changed[at] ^= 1;
      Files.write(file, changed);
      assertThatThrownBy(() -> read(code)).isInstanceOf(SealedFile.NotOpened.class);
    }
  }

  @Test
  void oneThatWasNotFinishedIsNotThere() throws IOException {
    var other = directory.resolve("other");
    try (var writer = new SealedFile.Writer(other, code)) {
      writer.add("Ana".getBytes(UTF_8));
    }
    assertThat(directory).isDirectoryNotContaining("glob:**other*");
  }
}
