package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jboss.logging.Logger;

/**
 * Encrypts what lies in the directory where the configuration wants it, or makes it plain again:
 * the copies, the journal, and last the database. Each file is written anew, read from end to end,
 * and then put in the place of the old one. A crash at any moment leaves the one or the other, each
 * of which can be read, and the next start goes on.
 *
 * <p>What was set aside as damaged is encrypted too, with its damage. It is not made plain again:
 * whoever looks at it needs the key, and nobody else does.
 */
@ApplicationScoped
class FormChange {

  private static final Logger LOG = Logger.getLogger(FormChange.class);

  /** Where a file is made ready. */
  private static final String READY = "changing";

  private static final String TAKEN_OUT = "trial";
  private static final int BLOCK = 4096;
  private static final int AT_ONCE = 64 * BLOCK;

  private final Path directory;
  private final QueueAccess access;
  private final Encryption encryption;
  private final Journal journal;
  private final SetAside setAside;

  FormChange(
      StorageConfig config,
      QueueAccess access,
      Encryption encryption,
      Journal journal,
      SetAside setAside) {
    this.directory = config.directory();
    this.access = access;
    this.encryption = encryption;
    this.journal = journal;
    this.setAside = setAside;
  }

  /** Whether something is not as it is wanted. */
  boolean isDue() throws IOException {
    var form = Form.of(database());
    return form != Form.NONE && form != encryption.form()
        || journal.isOfOtherForm()
        || !plainSetAside().isEmpty();
  }

  /** What anybody could read of it, and may not. */
  private List<Path> plainSetAside() throws IOException {
    var plain = new ArrayList<Path>();
    if (encryption.isWanted()) {
      for (var file : setAside.files()) {
        if (Form.of(file) == Form.PLAIN) {
          plain.add(file);
        }
      }
    }
    return plain;
  }

  /**
   * Changes all of it, while nobody uses the database.
   *
   * @throws StartRefused when somebody does
   * @throws IOException when a file cannot be written, or what was written cannot be read; the
   *     database is as it was
   */
  void run() throws IOException {
    LOG.infof(
        "The queue in %s is being %s.",
        directory, encryption.isWanted() ? "encrypted" : "written without encryption");
    try {
      if (Form.of(database()) == Form.NONE) {
        allButDatabase();
      } else {
        all();
      }
    } finally {
      Backups.delete(directory.resolve(READY));
    }
    LOG.info("That is done. Copies that are elsewhere are as they were.");
  }

  /** With the database held as the daemon holds it, until the other file has its place. */
  private void all() throws IOException {
    try (var present =
            FileChannel.open(database(), StandardOpenOption.READ, StandardOpenOption.WRITE);
        var lock = present.tryLock()) {
      if (lock == null) {
        throw StorageOpening.inUse(directory);
      }
      allButDatabase();
      if (Form.of(present) != encryption.form()) {
        move(ready(present), database());
      }
    }
  }

  private void allButDatabase() throws IOException {
    for (var copy : copies()) {
      change(copy);
    }
    journal.change();
    for (var file : plainSetAside()) {
      encrypt(file);
    }
  }

  /** With its damage: nothing says what of it can be read. */
  private void encrypt(Path setAside) throws IOException {
    try (var from = FileChannel.open(setAside)) {
      var time = Files.getLastModifiedTime(setAside);
      var encrypted = inOtherForm(from, from.size());
      Files.setLastModifiedTime(encrypted, time);
      move(encrypted, setAside);
    }
  }

  private Path database() {
    return directory.resolve(QueueFile.NAME);
  }

  private List<Path> copies() throws IOException {
    var backups = directory.resolve(Backups.DIRECTORY);
    if (!Files.isDirectory(backups)) {
      return List.of();
    }
    try (var files = Files.list(backups)) {
      return files.filter(file -> file.toString().endsWith(".zip")).toList();
    }
  }

  private void change(Path copy) throws IOException {
    var trial = directory.resolve(TAKEN_OUT);
    try {
      if (QueueFile.formOf(copy) == encryption.form()) {
        return;
      }
      var taken = QueueFile.takeOut(copy, trial, access);
      try (var from = FileChannel.open(taken)) {
        zip(ready(from), copy);
      }
    } catch (QueueFile.Damaged e) {
      LOG.warnf("The copy %s is damaged, and stays as it is.", copy);
    } finally {
      Backups.delete(trial);
    }
  }

  /** The time of it says how old what is in it is. */
  private static void zip(Path database, Path copy) throws IOException {
    var time = Files.getLastModifiedTime(copy);
    var part = copy.resolveSibling(copy.getFileName() + ".part");
    Files.deleteIfExists(part);
    PrivateFile.create(part);
    try (var out = new ZipOutputStream(Files.newOutputStream(part))) {
      out.putNextEntry(new ZipEntry(QueueFile.NAME));
      Files.copy(database, out);
    }
    Files.setLastModifiedTime(part, time);
    Backups.sync(part, StandardOpenOption.WRITE);
    move(part, copy);
  }

  private static void move(Path file, Path to) throws IOException {
    Files.move(file, to, StandardCopyOption.ATOMIC_MOVE);
    Backups.sync(to.toAbsolutePath().getParent(), StandardOpenOption.READ);
  }

  /** A database in the other form, whole and on the disk. */
  private Path ready(FileChannel from) throws IOException {
    var plain = access.plain(from);
    // of a block that is not whole the database reads nothing
    var file = inOtherForm(plain, plain.size() / BLOCK * BLOCK);
    try (var connection = access.openToRead(file.getParent())) {
      LookThrough.of(connection);
    } catch (SQLException e) {
      throw new IOException("what was written cannot be read", e);
    }
    return file;
  }

  private Path inOtherForm(FileChannel plain, long end) throws IOException {
    var file = Files.createDirectories(directory.resolve(READY)).resolve(QueueFile.NAME);
    Files.deleteIfExists(file);
    try (var to =
        FileChannel.open(
            PrivateFile.create(file), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      copy(plain, encryption.isWanted() ? encryption.key().plain(to) : to, end);
      to.force(true);
    }
    return file;
  }

  private static void copy(FileChannel from, FileChannel to, long end) throws IOException {
    for (var at = 0L; at < end; ) {
      var bytes = ByteBuffer.allocate((int) Math.min(AT_ONCE, end - at));
      while (bytes.hasRemaining()) {
        if (from.read(bytes, at + bytes.position()) < 0) {
          throw new IOException("the file has become shorter");
        }
      }
      bytes.flip();
      var length = bytes.remaining();
      while (bytes.hasRemaining()) {
        to.write(bytes, at + bytes.position());
      }
      WrittenBytes.add(length);
      at += length;
    }
  }
}
