package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** How a database is written down. A file says it itself, by its first bytes. */
enum Form {
  /** There is no file, or nothing in it. */
  NONE,
  /** What anybody can read, and whatever makes no sense. */
  PLAIN,
  ENCRYPTED;

  /** What H2 begins an encrypted file with. */
  private static final byte[] MAGIC = "H2encrypt\n".getBytes(ISO_8859_1);

  /** After those bytes an encrypted file has its salt. */
  static final int MAGIC_LENGTH = MAGIC.length;

  /** Of a file that this process does not have open: closing it would let go of its lock. */
  static Form of(Path file) throws IOException {
    if (!Files.exists(file)) {
      return NONE;
    }
    try (var in = Files.newInputStream(file)) {
      return of(in);
    }
  }

  static Form of(FileChannel file) throws IOException {
    var head = ByteBuffer.allocate(MAGIC.length);
    while (head.hasRemaining() && file.read(head, head.position()) >= 0) {
      // there is more
    }
    return of(Arrays.copyOf(head.array(), head.position()));
  }

  /** Takes the first bytes of it. */
  static Form of(InputStream in) throws IOException {
    return of(in.readNBytes(MAGIC.length));
  }

  private static Form of(byte[] head) {
    if (head.length == 0) {
      return NONE;
    }
    return Arrays.equals(head, MAGIC) ? ENCRYPTED : PLAIN;
  }
}
