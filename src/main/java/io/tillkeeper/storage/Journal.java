package io.tillkeeper.storage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted since the last regular copies of the database, written a second time, so that a
 * damaged database file loses nothing. Its files are only ever appended to, each entry with its
 * length and its checksum; a new one is begun with each start and each copy. It holds customers'
 * data: only its owner may read it.
 */
@ApplicationScoped
public class Journal {

  private static final Pattern NAME = Pattern.compile("accepted-(\\d{8})\\.journal");

  /** The length of an entry and its checksum, before it. */
  private static final int HEAD = 2 * Integer.BYTES;

  /** More than any entry; a longer one is what a damaged file says. */
  private static final int LONGEST = 16 * 1024 * 1024;

  /** What is kept in memory of what could not be written. */
  private static final int MOST_OWED = 200;

  private final Path directory;
  private final List<byte[]> owed = new ArrayList<>();
  private @Nullable FileChannel file;

  Journal(StorageConfig config) {
    this.directory = config.directory().resolve("journal");
  }

  /**
   * Adds entries. They are on the disk when it returns.
   *
   * @throws IOException when they may not be; they are written again with the next, into a new file
   */
  public synchronized void append(List<byte[]> entries) throws IOException {
    owed.addAll(entries);
    var size = owed.stream().mapToInt(entry -> HEAD + entry.length).sum();
    var bytes = ByteBuffer.allocate(size);
    owed.forEach(entry -> bytes.putInt(entry.length).putInt(checksum(entry)).put(entry));
    bytes.flip();
    try {
      var to = file == null ? begin(newest() + 1) : file;
      file = to;
      while (bytes.hasRemaining()) {
        WrittenBytes.add(to.write(bytes));
      }
      owed.clear();
    } catch (IOException e) {
      forgetTooMuch();
      close();
      throw e;
    }
  }

  /** The database has them; where the journal fails for long, a copy of it is what is left. */
  private void forgetTooMuch() {
    if (owed.size() > MOST_OWED) {
      owed.subList(0, owed.size() - MOST_OWED).clear();
    }
  }

  /** Has what comes written into a new file, and says its number. */
  synchronized int turn() throws IOException {
    close();
    var number = newest() + 1;
    file = begin(number);
    return number;
  }

  /** Removes the files before a number: what is in them is in a copy of the database as well. */
  synchronized void forgetBefore(int number) throws IOException {
    for (var old : files()) {
      if (number(old) < number) {
        Files.delete(old);
      }
    }
  }

  /**
   * All entries, in the order in which they were added. A file is read as far as it is whole: what
   * a power cut left of its last entry was not acknowledged.
   */
  public synchronized List<byte[]> entries() throws IOException {
    var entries = new ArrayList<byte[]>();
    for (var each : files()) {
      read(ByteBuffer.wrap(Files.readAllBytes(each)), entries);
    }
    return entries;
  }

  /** The last entry of all; empty when there is none. */
  synchronized Optional<byte[]> last() throws IOException {
    for (var each : files().reversed()) {
      var entries = new ArrayList<byte[]>();
      read(ByteBuffer.wrap(Files.readAllBytes(each)), entries);
      if (!entries.isEmpty()) {
        return Optional.of(entries.getLast());
      }
    }
    return Optional.empty();
  }

  @PreDestroy
  synchronized void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private static void read(ByteBuffer bytes, List<byte[]> entries) {
    while (bytes.remaining() >= HEAD) {
      var length = bytes.getInt();
      var checksum = bytes.getInt();
      if (length < 0 || length > LONGEST || length > bytes.remaining()) {
        return;
      }
      var entry = new byte[length];
      bytes.get(entry);
      if (checksum(entry) != checksum) {
        return;
      }
      entries.add(entry);
    }
  }

  private static int checksum(byte[] entry) {
    var checksum = new CRC32C();
    checksum.update(entry);
    return (int) checksum.getValue();
  }

  private FileChannel begin(int number) throws IOException {
    Files.createDirectories(directory);
    var begun =
        FileChannel.open(
            directory.resolve("accepted-%08d.journal".formatted(number)),
            Set.of(
                StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.DSYNC),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Backups.sync(directory, StandardOpenOption.READ);
    return begun;
  }

  private int newest() throws IOException {
    var files = files();
    return files.isEmpty() ? 0 : number(files.getLast());
  }

  private List<Path> files() throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.filter(each -> NAME.matcher(name(each)).matches()).sorted().toList();
    }
  }

  private static int number(Path file) {
    var name = NAME.matcher(name(file));
    if (!name.matches()) {
      throw new IllegalArgumentException(file.toString());
    }
    return Integer.parseInt(name.group(1));
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
