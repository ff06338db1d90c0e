package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import javax.sql.DataSource;

/**
 * Copies of the queue's database. A copy holds customers' data: only its owner may read it. It is
 * whole and on the disk when it has its name; a crash before leaves a file that ends in {@code
 * .part}.
 */
@ApplicationScoped
public class Backups {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final StorageConfig config;
  private final DataSource database;
  private final DiskReserve disk;
  private final InstantSource clock;

  Backups(StorageConfig config, DataSource database, DiskReserve disk, InstantSource clock) {
    this.config = config;
    this.database = database;
    this.disk = disk;
    this.clock = clock;
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
    if (disk.freeBytes() - disk.databaseBytes() < disk.reserveBytes()) {
      throw new NoRoom();
    }
    var at = clock.instant();
    var directory = Files.createDirectories(config.directory().resolve("backups"));
    var file = directory.resolve("%s-%s.zip".formatted(name, TIME.format(at)));
    try (var connection = database.getConnection()) {
      return copy(connection, file, at);
    } catch (SQLException e) {
      throw new IOException("the database does not let itself be copied", e);
    }
  }

  /**
   * Copies a database that nobody uses.
   *
   * @param directory where it lies
   * @param file where the copy goes; what is there is replaced
   * @throws StartRefused when there is no database, or somebody uses it
   * @throws IOException when the copy cannot be written
   */
  public static Backup write(Path directory, Path file, Instant now) throws IOException {
    DurableFilePath.register();
    var url =
        "jdbc:h2:durable:%s/queue;IFEXISTS=TRUE;TRACE_LEVEL_FILE=0"
            .formatted(directory.toAbsolutePath());
    try (var connection = DriverManager.getConnection(url, "tillkeeper", "")) {
      return copy(connection, file.toAbsolutePath(), now);
    } catch (SQLException e) {
      throw StorageOpening.refusal(directory, e);
    }
  }

  private static Backup copy(Connection connection, Path file, Instant at)
      throws IOException, SQLException {
    var part = file.resolveSibling(file.getFileName() + ".part");
    Files.deleteIfExists(part);
    Files.createFile(
        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var statement = connection.prepareStatement("backup to ?")) {
      statement.setString(1, part.toString());
      statement.execute();
    }
    sync(part, StandardOpenOption.WRITE);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    sync(file.getParent(), StandardOpenOption.READ);
    return new Backup(file, Files.size(file), at);
  }

  private static void sync(Path file, StandardOpenOption option) throws IOException {
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
