package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Puts a copy in the place of a database that is damaged, which is set aside and never deleted. A
 * crash at any moment leaves either the old file or the new one in its place; done again, it comes
 * to the same.
 *
 * <p>What was accepted after the copy was made is in the journal; a mark that outlives the process
 * says that it is to be taken in from there, until that is done.
 */
final class Repair {

  private static final Logger LOG = Logger.getLogger(Repair.class);

  /** Says that the journal is to be read. */
  private static final String MARK = "restored";

  /** Where a copy is made ready. */
  private static final String READY = "restoring";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private Repair() {}

  /**
   * Puts the newest regular copy that is whole in the place of the database; without any, there is
   * no database afterwards.
   *
   * @return the copy
   */
  static Optional<Path> fromNewestCopy(Path directory, QueueAccess access, Instant now)
      throws IOException {
    for (var copy : Backups.regular(directory)) {
      try {
        from(copy, directory, access, now);
        return Optional.of(copy);
      } catch (QueueFile.Damaged e) {
        LOG.warnf("The copy %s is damaged as well.", copy);
      }
    }
    mark(directory);
    setAside(directory, now);
    Files.deleteIfExists(directory.resolve(QueueFile.NAME));
    return Optional.empty();
  }

  /**
   * Puts a copy in the place of the database, if there is one.
   *
   * @throws QueueFile.Damaged when the copy is not whole; nothing is changed
   */
  static void from(Path copy, Path directory, QueueAccess access, Instant now) throws IOException {
    var ready = directory.resolve(READY);
    try {
      var file = QueueFile.takeOut(copy, ready, access);
      mark(directory);
      setAside(directory, now);
      Files.move(file, directory.resolve(QueueFile.NAME), StandardCopyOption.ATOMIC_MOVE);
      Backups.sync(directory, StandardOpenOption.READ);
    } finally {
      Backups.delete(ready);
    }
  }

  /** Whether the journal is to be read. */
  static boolean isMarked(Path directory) {
    return Files.exists(directory.resolve(MARK));
  }

  /** When it was marked. */
  static Instant markedAt(Path directory) throws IOException {
    return Files.getLastModifiedTime(directory.resolve(MARK))
        .toInstant()
        .truncatedTo(ChronoUnit.MILLIS);
  }

  /** The journal has been read, and what comes of it is on the disk. */
  static void unmark(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(MARK));
    Backups.sync(directory, StandardOpenOption.READ);
  }

  private static void mark(Path directory) throws IOException {
    var mark = directory.resolve(MARK);
    if (!Files.exists(mark)) {
      Files.createFile(mark);
      Backups.sync(directory, StandardOpenOption.READ);
    }
  }

  /**
   * A name that nothing has, or that the file itself has already. A box without a clock may find
   * itself in the same second twice, and what was set aside then stays.
   */
  private static Path free(Path aside, String time, Path damaged) throws IOException {
    var name = aside.resolve("queue-%s.mv.db".formatted(time));
    for (var next = 2; Files.exists(name) && !Files.isSameFile(name, damaged); next++) {
      name = aside.resolve("queue-%s-%d.mv.db".formatted(time, next));
    }
    return name;
  }

  /** Gives the file a second name, so that there is no moment without a database. */
  private static void setAside(Path directory, Instant now) throws IOException {
    var damaged = directory.resolve(QueueFile.NAME);
    if (Files.exists(damaged)) {
      var aside = Files.createDirectories(directory.resolve(SetAside.DIRECTORY));
      var name = free(aside, TIME.format(now), damaged);
      if (Files.exists(name)) {
        return;
      }
      try {
        Files.createLink(name, damaged);
      } catch (UnsupportedOperationException | IOException noLinksHere) {
        Files.copy(damaged, name);
        Backups.sync(name, StandardOpenOption.WRITE);
      }
      Backups.sync(aside, StandardOpenOption.READ);
    }
  }
}
