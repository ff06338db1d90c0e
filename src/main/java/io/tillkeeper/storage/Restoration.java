package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Puts a copy of the queue's database in its place, while no daemon uses it. The database that is
 * there is set aside, and what was accepted after the copy was made is taken in from the journal at
 * the next start. A crash at any moment leaves the one or the other.
 */
public final class Restoration {

  private static final int EX_NOINPUT = 66;
  private static final int EX_TEMPFAIL = 75;

  private Restoration() {}

  /** The newest copy beside the database, made by itself or by hand; empty when there is none. */
  public static Optional<Path> newestCopy(Path directory) throws IOException {
    var backups = directory.resolve(Backups.DIRECTORY);
    if (!Files.isDirectory(backups)) {
      return Optional.empty();
    }
    try (var files = Files.list(backups)) {
      return files
          .filter(file -> file.toString().endsWith(".zip"))
          .max(Comparator.comparingLong(file -> file.toFile().lastModified()));
    }
  }

  /**
   * The newest of the regular copies, where one is from before the time to which the journal goes
   * back: what was accepted between would not be in the queue. Empty where nothing would be
   * missing.
   */
  public static Optional<Path> moreComplete(Path copy, Path directory) throws IOException {
    var regular = Backups.regular(directory);
    try {
      return regular.size() >= Backups.KEPT
              && QueueFile.madeAt(copy).isBefore(QueueFile.madeAt(regular.getLast()))
          ? Optional.of(regular.getFirst())
          : Optional.empty();
    } catch (QueueFile.Damaged e) {
      return Optional.empty();
    }
  }

  /**
   * Puts a copy in place, after it was read from end to end.
   *
   * @throws StartRefused when a daemon uses the directory, or the copy is not whole; nothing is
   *     changed
   * @throws IOException when it cannot be written
   */
  public static void from(Path copy, StorageConfig config, Instant now) throws IOException {
    var directory = config.directory();
    var file = directory.resolve(QueueFile.NAME);
    if (!Files.isReadable(copy)) {
      throw new StartRefused("There is no file %s that can be read.".formatted(copy), EX_NOINPUT);
    }
    if (!Files.exists(file)) {
      Files.createDirectories(directory);
      put(copy, config, now);
      return;
    }
    // held as the daemon holds it, until the other file has its place
    try (var present = FileChannel.open(file, StandardOpenOption.WRITE);
        var lock = present.tryLock()) {
      if (lock == null) {
        throw new StartRefused(
            "A Tillkeeper runs on the directory %s; stop it first.".formatted(directory),
            EX_TEMPFAIL);
      }
      put(copy, config, now);
    }
  }

  private static void put(Path copy, StorageConfig config, Instant now) throws IOException {
    try {
      Repair.from(copy, config.directory(), QueueAccess.of(config), now);
    } catch (QueueFile.Damaged e) {
      throw new StartRefused(
          "%s is not a whole copy of a queue, or is encrypted with another key; nothing was changed."
              .formatted(copy),
          EX_NOINPUT);
    }
    belongTo(config.directory());
  }

  /** What root has made is for the daemon, which has another user, and for nobody else. */
  private static void belongTo(Path directory) throws IOException {
    var of = Files.readAttributes(directory, PosixFileAttributes.class);
    try (var files = Files.walk(directory)) {
      for (var each : files.toList()) {
        if (!Files.getOwner(each).equals(of.owner())) {
          var made = Files.getFileAttributeView(each, PosixFileAttributeView.class);
          made.setPermissions(
              PosixFilePermissions.fromString(Files.isDirectory(each) ? "rwx------" : "rw-------"));
          made.setGroup(of.group());
          made.setOwner(of.owner());
        }
      }
    }
  }
}
