package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestRandom;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.encrypt.FileEncrypt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What H2 encrypted is read as H2 reads it, wherever one begins and however much one wants. */
class EncryptedFileTest {

  private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes(US_ASCII);
  private static final int SIZE = 5 * FileEncrypt.BLOCK_SIZE + 1234;
  private static final int READS = 2_000;

  @TempDir Path directory;
  private FileChannel disk;

  @BeforeEach
  void open() throws IOException {
    disk = FilePath.get(directory.resolve("file").toString()).open("rw");
  }

  @AfterEach
  void close() throws IOException {
    disk.close();
  }

  private FileChannel ofH2() {
    return new FileEncrypt("file", KEY.clone(), disk);
  }

  private FileChannel ours() {
    return new EncryptedFile(disk, KEY.clone());
  }

  private static byte[] random(RandomGenerator random, int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void write(FileChannel file, byte[] bytes, long position) throws IOException {
    assertThat(file.write(ByteBuffer.wrap(bytes), position)).isEqualTo(bytes.length);
  }

  /** What is read, and after it what was in the buffer before. */
  private static byte[] read(FileChannel file, long position, int length) throws IOException {
    var target = ByteBuffer.allocate(length);
    Arrays.fill(target.array(), (byte) 7);
    var count = file.read(target, position);
    assertThat(target.position()).isEqualTo(Math.max(count, 0));
    return target.array();
  }

  @Test
  void eachPieceIsAsItWasWritten() throws IOException {
    var random = new TestRandom();
    var written = random(random, SIZE);
    write(ofH2(), written, 0);
    var file = ours();
    for (var nth = 0; nth < READS; nth++) {
      var position = random.nextInt(SIZE);
      var length = 1 + random.nextInt(Math.min(SIZE - position, 9_000));
      assertThat(read(file, position, length))
          .as("%d bytes from %d", length, position)
          .isEqualTo(Arrays.copyOfRange(written, position, position + length));
    }
  }

  @Test
  void whatIsWrittenThroughItIsH2s() throws IOException {
    var random = new TestRandom();
    // whole blocks, as a database has: what H2 writes within others is not what it reads
    var written = random(random, 5 * FileEncrypt.BLOCK_SIZE);
    var file = ours();
    write(file, written, 0);
    var over = random(random, 777);
    write(file, over, 4_000);
    System.arraycopy(over, 0, written, 4_000, over.length);

    assertThat(read(ofH2(), 0, written.length)).isEqualTo(written);
    assertThat(read(file, 0, written.length)).isEqualTo(written);
  }

  @Test
  void beyondTheEndThereIsNothing() throws IOException {
    var written = random(new TestRandom(), SIZE);
    write(ofH2(), written, 0);
    var file = ours();

    assertThat(file.size()).isEqualTo(SIZE);
    assertThat(file.read(ByteBuffer.allocate(10), SIZE - 4)).isEqualTo(4);
    assertThat(file.read(ByteBuffer.allocate(10), SIZE)).isEqualTo(-1);
    assertThat(file.read(ByteBuffer.allocate(0), 0)).isZero();
  }

  @Test
  void whatIsCutOffIsGone() throws IOException {
    var written = random(new TestRandom(), SIZE);
    var file = ours();
    write(file, written, 0);
    var left = 2 * FileEncrypt.BLOCK_SIZE + 100;
    file.truncate(left);

    assertThat(file.size()).isEqualTo(left);
    assertThat(read(file, 0, left)).isEqualTo(Arrays.copyOf(written, left));
    assertThat(file.read(ByteBuffer.allocate(1), left)).isEqualTo(-1);
  }

  @Test
  void anEmptyFileBecomesAnEncryptedOneAtTheFirstLook() throws IOException {
    assertThat(ours().read(ByteBuffer.allocate(1), 0)).isEqualTo(-1);

    try (var again = FileChannel.open(directory.resolve("file"), StandardOpenOption.READ)) {
      assertThat(Form.of(again)).isEqualTo(Form.ENCRYPTED);
    }
  }
}
