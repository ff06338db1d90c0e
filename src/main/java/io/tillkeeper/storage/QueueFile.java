package io.tillkeeper.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.Instant;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import org.h2.api.ErrorCode;

/** The queue's database as a file: what it is called, and whether it can be read. */
final class QueueFile {

  /** What H2 is told; it adds to it. */
  static final String DATABASE = "queue";

  /** What H2 adds. */
  static final String SUFFIX = ".mv.db";

  /** The name of the file. */
  static final String NAME = DATABASE + SUFFIX;

  private QueueFile() {}

  /** A database whose file cannot be read. */
  static final class Damaged extends IOException {

    private static final long serialVersionUID = 1L;

    Damaged(Throwable cause) {
      super("the file is damaged", cause);
    }
  }

  /**
   * Takes the database out of a copy, into a directory of its own, and reads all of it.
   *
   * @return its file
   * @throws Damaged when it is not whole
   */
  static Path takeOut(Path copy, Path into, QueueAccess access) throws IOException {
    var file = extract(copy, into);
    try (var connection = access.openToRead(into)) {
      LookThrough.of(connection);
    } catch (SQLException e) {
      throw new Damaged(e);
    }
    Backups.sync(file, StandardOpenOption.WRITE);
    return file;
  }

  /**
   * The same, without looking at it.
   *
   * @throws Damaged when there is none in the copy
   */
  static Path extract(Path copy, Path into) throws IOException {
    Files.createDirectories(into);
    var file = into.resolve(NAME);
    Files.deleteIfExists(file);
    try (var zip = database(copy);
        var out = Files.newOutputStream(PrivateFile.create(file))) {
      zip.transferTo(out);
    } catch (ZipException | EOFException e) {
      throw new Damaged(e);
    }
    return file;
  }

  /**
   * How the database in a copy is written down.
   *
   * @throws Damaged when there is none
   */
  static Form formOf(Path copy) throws IOException {
    try (var zip = database(copy)) {
      return Form.of(zip);
    } catch (ZipException | EOFException e) {
      throw new Damaged(e);
    }
  }

  /**
   * When a copy was made, by this box's clock.
   *
   * @throws Damaged when there is no database in it
   */
  static Instant madeAt(Path copy) throws IOException {
    try (var zip = new ZipFile(copy.toFile())) {
      return zip.stream()
          .filter(entry -> entry.getName().endsWith(NAME))
          .findFirst()
          .orElseThrow(() -> new ZipException("there is no database in " + copy))
          .getLastModifiedTime()
          .toInstant();
    } catch (ZipException e) {
      throw new Damaged(e);
    }
  }

  /** Where it begins in a copy. */
  private static ZipInputStream database(Path copy) throws IOException {
    var zip = new ZipInputStream(Files.newInputStream(copy));
    try {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (entry.getName().endsWith(NAME)) {
          return zip;
        }
      }
      throw new Damaged(new IOException("there is no database in " + copy));
    } catch (IOException e) {
      zip.close();
      throw e;
    }
  }

  /**
   * Whether the database in a directory, which nobody uses, cannot be read, and nothing but its
   * file is to blame: not another who has it, or a right that is missing. That the key is the right
   * one is seen before. Writes nothing.
   */
  static boolean isDamaged(Path directory, QueueAccess access) {
    try (var connection = access.openToRead(directory)) {
      LookThrough.of(connection);
      return false;
    } catch (SQLException e) {
      var file = directory.resolve(NAME);
      return Files.isReadable(file)
          && Files.isWritable(file)
          && e.getErrorCode() != ErrorCode.DATABASE_ALREADY_OPEN_1;
    }
  }
}
