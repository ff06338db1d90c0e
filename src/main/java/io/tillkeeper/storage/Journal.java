package io.tillkeeper.storage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
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
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What was accepted since the last regular copies of the database, written a second time, so that a
 * damaged database file loses nothing. Its files are only ever appended to, each entry with its
 * length and its checksum; a new one is begun with each start and each copy. It holds customers'
 * data: only its owner may read it, and where the queue is to be encrypted each entry is, too.
 */
@ApplicationScoped
public class Journal {

  private static final Logger LOG = Logger.getLogger(Journal.class);

  private static final int DIGITS = 8;

  private static final Pattern NAME =
      Pattern.compile("accepted-(\\d{" + DIGITS + "})\\.(journal|sealed)");

  /** The length of an entry and its checksum, before it. */
  private static final int HEAD = 2 * Integer.BYTES;

  /** More than any entry; a longer one is what a damaged file says. */
  private static final int LONGEST = 16 * 1024 * 1024;

  /** So much of a file is read at once where it is passed over. */
  private static final int PIECE = 64 * 1024;

  /** What is kept in memory of what could not be written. */
  private static final int MOST_OWED = 200;

  private final Path directory;
  private final Encryption encryption;
  private final List<byte[]> owed = new ArrayList<>();
  private @Nullable FileChannel file;

  Journal(StorageConfig config, Encryption encryption) {
    this.directory = config.directory().resolve("journal");
    this.encryption = encryption;
  }

  /**
   * Adds entries. They are on the disk when it returns.
   *
   * @throws IOException when they may not be; they are written again with the next, into a new file
   */
  public synchronized void append(List<byte[]> entries) throws IOException {
    owed.addAll(entries);
    var bytes = written(owed);
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

  /** As a file has them. */
  private ByteBuffer written(List<byte[]> entries) {
    var all =
        encryption.isWanted()
            ? entries.stream().map(encryption.key().seal()::seal).toList()
            : entries;
    var bytes = ByteBuffer.allocate(all.stream().mapToInt(entry -> HEAD + entry.length).sum());
    all.forEach(entry -> bytes.putInt(entry.length).putInt(checksum(entry)).put(entry));
    return bytes.flip();
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
   * All entries, in the order in which they were added. What a power cut left of a file's last
   * entry was not acknowledged; one that the disk has changed is passed over, and those after it
   * count.
   */
  public synchronized List<byte[]> entries() throws IOException {
    var entries = new ArrayList<byte[]>();
    for (var each : files()) {
      entries.addAll(read(each));
    }
    return entries;
  }

  /** The last entry of all; empty when there is none. */
  synchronized Optional<byte[]> last() throws IOException {
    for (var each : files().reversed()) {
      var entry = last(each);
      if (entry.isPresent()) {
        return entry;
      }
    }
    return Optional.empty();
  }

  private Optional<byte[]> last(Path file) throws IOException {
    var entry = lastRaw(file);
    if (entry.isPresent() && isSealed(file)) {
      entry = encryption.key().seal().open(entry.get());
    }
    if (entry.isPresent()) {
      return entry;
    }
    var entries = read(file);
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.getLast());
  }

  /** An entry that is encrypted, as the file has it; empty when there is none. */
  synchronized Optional<byte[]> firstSealed() throws IOException {
    for (var each : files()) {
      if (isSealed(each)) {
        var entries = raw(each);
        if (!entries.isEmpty()) {
          return Optional.of(entries.getFirst());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a file is encrypted and is not to be, or the other way round. */
  synchronized boolean isOfOtherForm() throws IOException {
    return files().stream().anyMatch(this::isOfOtherForm);
  }

  private boolean isOfOtherForm(Path file) {
    return isSealed(file) != encryption.isWanted();
  }

  /**
   * Writes such files anew, as they are to be. A crash in the middle may leave one in both forms.
   */
  synchronized void change() throws IOException {
    close();
    for (var each : files()) {
      if (isOfOtherForm(each)) {
        var bytes = written(read(each)).array();
        PrivateFile.replace(directory.resolve(name(number(each))), bytes, PrivateFile.OWNER);
        Files.delete(each);
        Backups.sync(directory, StandardOpenOption.READ);
      }
    }
  }

  @PreDestroy
  synchronized void close() throws IOException {
    if (file != null) {
      file.close();
      file = null;
    }
  }

  private List<byte[]> read(Path file) throws IOException {
    var entries = raw(file);
    if (!isSealed(file)) {
      return entries;
    }
    var seal = encryption.key().seal();
    var opened = entries.stream().map(seal::open).flatMap(Optional::stream).toList();
    sayPassedOver(entries.size() - opened.size(), file);
    return opened;
  }

  private static void sayPassedOver(int entries, Path file) {
    if (entries > 0) {
      LOG.warnf(
          "%d entries in %s are not as they were written, and are passed over.", entries, file);
    }
  }

  private static List<byte[]> raw(Path file) throws IOException {
    var entries = new ArrayList<byte[]>();
    var passedOver = 0;
    var last = 0; // what a power cut left of the last one is nothing to speak of
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    while (bytes.remaining() >= HEAD) {
      var length = bytes.getInt();
      var checksum = bytes.getInt();
      if (!isLength(length, bytes.remaining())) {
        break;
      }
      var entry = new byte[length];
      bytes.get(entry);
      if (checksum(entry) == checksum) {
        entries.add(entry);
        passedOver += last;
        last = 0;
      } else {
        last++;
      }
    }
    sayPassedOver(passedOver, file);
    return entries;
  }

  /** Where it is none, there is nothing that could be read after it. */
  private static boolean isLength(int length, long left) {
    return length > 0 && length <= LONGEST && length <= left;
  }

  /**
   * The last that a file has, as the file has it: the others, of which there may be a hundred
   * thousand, are passed over by their lengths. Empty when it is not whole.
   */
  private static Optional<byte[]> lastRaw(Path file) throws IOException {
    var size = Files.size(file);
    var last = -1L;
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), PIECE))) {
      for (var at = 0L; size - at >= HEAD; ) {
        var length = in.readInt();
        in.readInt();
        if (!isLength(length, size - at - HEAD)) {
          break;
        }
        in.skipNBytes(length);
        last = at;
        at += HEAD + length;
      }
    }
    return last < 0 ? Optional.empty() : whole(file, last);
  }

  private static Optional<byte[]> whole(Path file, long at) throws IOException {
    try (var in = new DataInputStream(Files.newInputStream(file))) {
      in.skipNBytes(at);
      var length = in.readInt();
      var checksum = in.readInt();
      var entry = in.readNBytes(length);
      return entry.length == length && checksum(entry) == checksum
          ? Optional.of(entry)
          : Optional.empty();
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
            directory.resolve(name(number)),
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

  private String name(int number) {
    // a format with %d would load what is known of the machine's language, with the first customer
    var digits = Integer.toString(number);
    return "accepted-"
        + "0".repeat(Math.max(0, DIGITS - digits.length()))
        + digits
        + (encryption.isWanted() ? ".sealed" : ".journal");
  }

  private static boolean isSealed(Path file) {
    return name(file).endsWith(".sealed");
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
