package io.tillkeeper.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipException;
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
      readAll(connection);
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
   * Reads every row, and every index from end to end.
   *
   * @throws SQLException when that cannot be done
   */
  static void readAll(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set lazy_query_execution true");
      for (var query : queries(connection)) {
        try (var rows = statement.executeQuery(query)) {
          read(rows);
        }
      }
      statement.execute("set lazy_query_execution false");
    } catch (RuntimeException e) {
      throw new SQLException(e); // what H2 finds in a file that makes no sense
    }
  }

  private static void read(ResultSet rows) throws SQLException {
    var columns = rows.getMetaData().getColumnCount();
    while (rows.next()) {
      for (var column = 1; column <= columns; column++) {
        rows.getObject(column);
      }
    }
  }

  private static List<String> queries(Connection connection) throws SQLException {
    var queries = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var tables =
            statement.executeQuery(
                "select 'select * from \"' || table_name || '\"' from information_schema.tables where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'"
                    + " union all select 'select ' || columns || ' from \"' || table_name || '\" use index (\"' || index_name || '\") order by ' || columns from ("
                    + " select table_name, index_name, listagg('\"' || column_name || '\"', ', ') within group (order by ordinal_position) as columns"
                    + " from information_schema.index_columns where table_schema = 'PUBLIC' group by table_name, index_name)")) {
      while (tables.next()) {
        queries.add(tables.getString(1));
      }
    }
    return queries;
  }

  /**
   * Whether the database in a directory, which nobody uses, cannot be read, and nothing but its
   * file is to blame: not another who has it, or a right that is missing. That the key is the right
   * one is seen before. Writes nothing.
   */
  static boolean isDamaged(Path directory, QueueAccess access) {
    try (var connection = access.openToRead(directory)) {
      readAll(connection);
      return false;
    } catch (SQLException e) {
      var file = directory.resolve(NAME);
      return Files.isReadable(file)
          && Files.isWritable(file)
          && switch (e.getErrorCode()) {
            case ErrorCode.DATABASE_ALREADY_OPEN_1,
                ErrorCode.WRONG_USER_OR_PASSWORD,
                ErrorCode.OUT_OF_MEMORY ->
                false;
            default -> true;
          };
    }
  }
}
