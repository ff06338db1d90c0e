package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.h2.store.fs.FilePath;
import org.jspecify.annotations.Nullable;

/**
 * The header of H2's file, which says where the newest chunk is.
 *
 * <p>H2 writes it now and then only, after the chunk that it is to point to. When the power fails
 * while the chunk that it points to is being written over, H2 looks at the end of the file, and may
 * take a chunk for the newest that was left there long ago: what was committed since is lost. So
 * after an end in the middle the header is put right before H2 sees it: every chunk is on the disk
 * before the next is begun, so the newest one that is whole is the one to open.
 */
final class StoreHeader {

  private static final int BLOCK = 4096;
  private static final int LONGEST_HEAD = 1024;
  private static final int FOOT = 128;
  private static final String CHECKSUM = ",fletcher:";

  private static final String CHUNK_AT = "block";
  private static final String CHUNK = "chunk";
  private static final String BEGINNING = CHUNK + ":";
  private static final String LENGTH = "len";
  private static final String VERSION = "version";

  /** What H2 sets when it closes the file, and believes. */
  private static final String CLOSED_WELL = "clean";

  private final FileChannel file;
  private final long blocks;

  private StoreHeader(FileChannel file) throws IOException {
    this.file = file;
    this.blocks = file.size() / BLOCK;
  }

  /** A chunk that is whole. */
  private record Chunk(long block, long id, long version) {}

  /**
   * Has the header of a database that nobody uses point to its newest chunk that is whole. Where
   * somebody uses it nothing is done.
   */
  static void putRight(Path database, QueueAccess access) throws IOException {
    DurableFilePath.register();
    var path = FilePath.get(DurableFilePath.SCHEME + ":" + database.toAbsolutePath());
    try (var file = path.open("rw");
        var lock = file.tryLock()) {
      if (lock != null) {
        putRight(access.plain(file));
      }
    }
  }

  /** The same, of a file that is open and locked. */
  static void putRight(FileChannel plain) throws IOException {
    new StoreHeader(plain).putRight();
  }

  /**
   * Takes the part of a block off the end of a file that is locked. It belongs to a chunk that was
   * never whole; in an encrypted file H2 takes it for a sign that the block before it is not whole,
   * either, and does not read that.
   */
  static void cutTornBlock(FileChannel file) throws IOException {
    var size = file.size();
    if (size % BLOCK != 0) {
      file.truncate(size - size % BLOCK);
      file.force(true);
    }
  }

  private void putRight() throws IOException {
    var header = header();
    var newest = newest();
    if (header == null || newest == null || number(header, VERSION) >= newest.version) {
      return;
    }
    header.remove(CLOSED_WELL);
    header.put(CHUNK_AT, newest.block);
    header.put(CHUNK, newest.id);
    header.put(VERSION, newest.version);
    write(header);
  }

  /** The newer of its two copies; null where there is none. */
  private @Nullable HashMap<String, Object> header() throws IOException {
    HashMap<String, Object> found = null;
    for (var copy = 0; copy < Math.min(2, blocks); copy++) {
      var fields = checked(read((long) copy * BLOCK, BLOCK));
      if (fields.isPresent()
          && (found == null || number(fields.get(), VERSION) > number(found, VERSION))) {
        found = new HashMap<>(fields.get());
      }
    }
    return found;
  }

  private @Nullable Chunk newest() throws IOException {
    Chunk newest = null;
    for (var block = 2L; block < blocks; block++) {
      var chunk = chunk(block);
      if (chunk != null && (newest == null || chunk.version > newest.version)) {
        newest = chunk;
      }
    }
    return newest;
  }

  private @Nullable Chunk chunk(long block) throws IOException {
    if (!text(read(block * BLOCK, BEGINNING.length())).equals(BEGINNING)) {
      return null; // of most blocks there is no more to read and to decrypt than that
    }
    var text = text(read(block * BLOCK, LONGEST_HEAD));
    var end = text.indexOf('\n');
    if (end < 0) {
      return null;
    }
    var head = parse(text.substring(0, end).trim());
    if (head.isEmpty()) {
      return null;
    }
    var after = block + number(head.get(), LENGTH);
    if (after > blocks) {
      return null;
    }
    var id = number(head.get(), CHUNK);
    var version = number(head.get(), VERSION);
    return checked(read(after * BLOCK - FOOT, FOOT))
        .filter(foot -> number(foot, CHUNK) == id && number(foot, VERSION) == version)
        .map(foot -> new Chunk(block, id, version))
        .orElse(null);
  }

  private void write(HashMap<String, Object> header) throws IOException {
    var text = new StringBuilder();
    DataUtils.appendMap(text, header);
    var bytes = text.toString().getBytes(ISO_8859_1);
    DataUtils.appendMap(text, "fletcher", DataUtils.getFletcher32(bytes, 0, bytes.length));
    var both = ByteBuffer.allocate(2 * BLOCK);
    both.put(0, text.append('\n').toString().getBytes(ISO_8859_1));
    both.put(BLOCK, text.toString().getBytes(ISO_8859_1));
    file.write(both, 0);
    file.force(true);
  }

  /** The fields of a text that ends with the right checksum of itself. */
  private static Optional<? extends Map<String, ?>> checked(byte[] bytes) {
    var text = text(bytes).replace('\0', ' ').trim();
    var end = text.indexOf(CHECKSUM);
    if (end < 0) {
      return Optional.empty();
    }
    var covered = text.substring(0, end).getBytes(ISO_8859_1);
    var right = Integer.toHexString(DataUtils.getFletcher32(covered, 0, covered.length));
    return text.substring(end + CHECKSUM.length()).equals(right)
        ? parse(text.substring(0, end))
        : Optional.empty();
  }

  private static Optional<? extends Map<String, ?>> parse(String text) {
    try {
      return Optional.of(DataUtils.parseMap(text));
    } catch (MVStoreException noMap) {
      return Optional.empty();
    }
  }

  private static long number(Map<String, ?> fields, String name) {
    try {
      return DataUtils.readHexLong(fields, name, 0);
    } catch (MVStoreException noNumber) {
      return 0;
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  private byte[] read(long position, int length) throws IOException {
    var bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining()) {
      if (file.read(bytes, position + bytes.position()) < 0) {
        break; // the file is shorter: the rest is nothing
      }
    }
    return bytes.array();
  }
}
