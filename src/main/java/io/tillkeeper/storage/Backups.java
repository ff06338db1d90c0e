package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.sql.DataSource;
import org.h2.engine.SessionLocal;
import org.h2.jdbc.JdbcConnection;

/**
 * Copies of the queue's database. A copy holds customers' data: only its owner may read it. It is
 * whole and on the disk when it has its name; a crash before leaves a file that ends in {@code
 * .part}.
 */
@ApplicationScoped
public class Backups {

  static final String DIRECTORY = "backups";
  private static final String REGULAR = "regular-%08d.zip";
  private static final Pattern REGULAR_NAME = Pattern.compile("regular-(\\d{8})\\.zip");
  private static final String UNFINISHED = "regular-*.part";

  /** A copy, and what is taken out of it to see whether it is whole. */
  private static final int WITH_TRIAL = 2;

  /** The oldest of them bounds how far back the journal goes. */
  static final int KEPT = 2;

  private static final int COPIED_AT_ONCE = 64 * 1024;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StorageConfig config;
  private final DataSource database;
  private final DiskReserve disk;
  private final Journal journal;
  private final QueueAccess access;
  private final InstantSource clock;

  Backups(
      StorageConfig config,
      DataSource database,
      DiskReserve disk,
      Journal journal,
      InstantSource clock,
      QueueAccess access) {
    this.config = config;
    this.database = database;
    this.disk = disk;
    this.journal = journal;
    this.clock = clock;
    this.access = access;
  }

  /**
   * Copies the database while it is used, into the directory {@code backups} beside it.
   *
   * @throws NoRoom when it would leave less free space than the reserve
   * @throws IOException when the copy cannot be written
   */
  public Backup take() throws IOException {
    return take("queue");
  }

  /** The same, under a name that says what it is for. */
  Backup take(String name) throws IOException {
    return copyTo("%s-%s.zip".formatted(name, TIME.format(clock.instant())), 1);
  }

  /**
   * Copies the database for the case that its file is damaged, and reads all of the copy to see
   * whether it is whole. What the copy has need not be in the journal any more, once there is a
   * second one.
   *
   * @throws QueueFile.Damaged when the copy, and so most likely the database, is not whole
   */
  Backup takeRegular() throws IOException {
    var number = journal.turn();
    var trial = config.directory().resolve("trial");
    delete(trial);
    forgetUnfinished();
    var backup = copyTo(REGULAR.formatted(number), WITH_TRIAL);
    try {
      QueueFile.takeOut(backup.file(), trial, access);
    } catch (IOException e) {
      Files.delete(backup.file());
      throw e;
    } finally {
      delete(trial);
    }
    forgetOld();
    return backup;
  }

  /** The regular copies in a directory, the newest first. */
  static List<Path> regular(Path directory) throws IOException {
    var backups = directory.resolve(DIRECTORY);
    if (!Files.isDirectory(backups)) {
      return List.of();
    }
    try (var files = Files.list(backups)) {
      return files
          .filter(file -> REGULAR_NAME.matcher(file.getFileName().toString()).matches())
          .sorted(Comparator.reverseOrder())
          .toList();
    }
  }

  private void forgetOld() throws IOException {
    var copies = regular(config.directory());
    for (var old : copies.subList(Math.min(KEPT, copies.size()), copies.size())) {
      Files.delete(old);
    }
    if (copies.size() >= KEPT) {
      journal.forgetBefore(number(copies.get(KEPT - 1)));
    }
  }

  private static int number(Path regular) {
    var name = REGULAR_NAME.matcher(regular.getFileName().toString());
    if (!name.matches()) {
      throw new IllegalArgumentException(regular.toString());
    }
    return Integer.parseInt(name.group(1));
  }

  /** Removes a directory that holds files only. */
  static void delete(Path directory) throws IOException {
    if (Files.isDirectory(directory)) {
      try (var files = Files.list(directory)) {
        for (var file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(directory);
    }
  }

  /** What a daemon that was killed has left of one: the next has another name. */
  private void forgetUnfinished() throws IOException {
    var backups = Files.createDirectories(config.directory().resolve(DIRECTORY));
    try (var files = Files.newDirectoryStream(backups, UNFINISHED)) {
      for (var file : files) {
        Files.delete(file);
      }
    }
  }

  /**
   * One at a time: two that are asked for in the same second have the same name.
   *
   * @param copies how many times the database's size is written for it
   */
  private synchronized Backup copyTo(String name, int copies) throws IOException {
    if (disk.freeBytes() - copies * disk.databaseBytes() < disk.reserveBytes()) {
      throw new NoRoom();
    }
    var at = clock.instant();
    var file = Files.createDirectories(config.directory().resolve(DIRECTORY)).resolve(name);
    try (var connection = database.getConnection()) {
      return copy(connection, file, at);
    } catch (SQLException e) {
      throw new IOException("the database does not let itself be copied", e);
    }
  }

  /**
   * Copies a database that nobody uses.
   *
   * @param config where it lies, and the key for it
   * @param file where the copy goes; what is there is replaced
   * @throws StartRefused when there is no database, or somebody uses it
   * @throws IOException when the copy cannot be written
   */
  public static Backup write(StorageConfig config, Path file, Instant now) throws IOException {
    var directory = config.directory();
    try (var connection = QueueAccess.of(config).open(directory)) {
      return copy(connection, file.toAbsolutePath(), now);
    } catch (SQLException e) {
      throw StorageOpening.refusal(directory, e);
    }
  }

  private static Backup copy(Connection connection, Path file, Instant at)
      throws IOException, SQLException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    PrivateFile.create(part);
    try {
      try (var zip = new ZipOutputStream(Files.newOutputStream(part))) {
        zip.putNextEntry(new ZipEntry(QueueFile.NAME));
        copy(connection, zip);
      }
      sync(part, StandardOpenOption.WRITE);
    } catch (IOException | SQLException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.getParent(), StandardOpenOption.READ);
    return new Backup(file, Files.size(file), at);
  }

  /**
   * As H2's own {@code BACKUP} does it, which would take the bytes as they are before they are
   * encrypted: as long as no space of the file is used again, what is in it stays what it is.
   */
  private static void copy(Connection connection, OutputStream into)
      throws IOException, SQLException {
    var session = (SessionLocal) connection.unwrap(JdbcConnection.class).getSession();
    var store = session.getDatabase().getStore().getMvStore();
    store.commit();
    store.setReuseSpace(false);
    try {
      var file = DurableFilePath.asItIs(QueueAccess.file(connection.getMetaData().getURL()));
      var buffer = ByteBuffer.allocate(COPIED_AT_ONCE);
      for (var at = 0L; file.read(buffer, at) > 0; at += buffer.position(), buffer.clear()) {
        into.write(buffer.array(), 0, buffer.position());
      }
    } finally {
      store.setReuseSpace(true);
    }
  }

  static void sync(Path file, StandardOpenOption option) throws IOException {
    try (var channel = FileChannel.open(file, option)) {
      channel.force(true);
    }
  }

  /** The disk has no room for a copy. */
  public static final class NoRoom extends IOException {

    private static final long serialVersionUID = 1L;

    NoRoom() {
      super("the disk has no room for a copy of the database");
    }
  }
}
