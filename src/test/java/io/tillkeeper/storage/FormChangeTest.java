package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was set aside as damaged is no reason to leave customers where anybody can read them. */
class FormChangeTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2026-03-01T09:30:00Z"));

  @TempDir Path directory;
  private Path damaged;
  private byte[] content;

  @BeforeEach
  void setAside() throws IOException {
    damaged = directory.resolve("damaged/queue-20260301-093000.mv.db");
    content = new byte[300_001]; // of no length that a database has
    new TestRandom().nextBytes(content);
    Files.createDirectory(damaged.getParent());
    Files.write(damaged, content);
    Files.setLastModifiedTime(damaged, LONG_AGO);
  }

  private FormChange changeOf(TestStorage storage, Encryption encryption) {
    return new FormChange(
        storage,
        new QueueAccess("", encryption),
        encryption,
        new Journal(storage, encryption),
        new SetAside(storage));
  }

  @Test
  void itIsEncryptedAsItIs() throws IOException {
    var storage = TestStorage.encrypted(directory);
    var encryption = new Encryption(storage);
    encryption.makeKey();
    var change = changeOf(storage, encryption);
    assertThat(change.isDue()).isTrue();

    change.run();

    assertThat(change.isDue()).isFalse();
    assertThat(new SetAside(storage).files()).containsExactly(damaged);
    assertThat(Files.getLastModifiedTime(damaged)).isEqualTo(LONG_AGO);
    try (var file = FileChannel.open(damaged);
        var plain = encryption.key().plain(file)) {
      assertThat(Form.of(file)).isEqualTo(Form.ENCRYPTED);
      assertThat(plain.size()).isEqualTo(content.length);
      var read = ByteBuffer.allocate(content.length);
      assertThat(plain.read(read, 0)).isEqualTo(content.length);
      assertThat(read.array()).isEqualTo(content);
    }
  }

  /** The key may be gone by then. */
  @Test
  void itIsNotMadePlainAgain() throws IOException {
    var encrypted = TestStorage.encrypted(directory);
    var encryption = new Encryption(encrypted);
    encryption.makeKey();
    changeOf(encrypted, encryption).run();

    var plain = TestStorage.plain(directory);

    assertThat(changeOf(plain, new Encryption(plain)).isDue()).isFalse();
  }
}
