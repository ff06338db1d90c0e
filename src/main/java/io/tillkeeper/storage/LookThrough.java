package io.tillkeeper.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.api.ErrorCode;

/**
 * Reads all of a database, to see whether its file makes sense. H2 has checksums at the ends of
 * what it writes and none in between; so each value is held against its column, each index against
 * its table, and each row against the table's constraints.
 */
final class LookThrough {

  private static final String TABLES =
      "select table_name from information_schema.tables where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'";

  private static final String INDEXES =
      "select index_name, array_agg(column_name order by ordinal_position) from information_schema.index_columns"
          + " where table_schema = 'PUBLIC' and table_name = ? group by index_name";

  private static final String BROKEN_CONSTRAINTS =
      "select 'select 1 from \"' || table_name || '\" where not (' || check_clause || ')'"
          + " from information_schema.check_constraints join information_schema.table_constraints"
          + " using (constraint_schema, constraint_name) where table_schema = 'PUBLIC' and table_name = ?";

  private final Connection connection;

  private LookThrough(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads every row, and every index from end to end. Writes nothing.
   *
   * @throws SQLException when that cannot be done, or something is not as it was written
   */
  static void of(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("set lazy_query_execution true");
      new LookThrough(connection).tables();
      statement.execute("set lazy_query_execution false");
    } catch (RuntimeException e) {
      throw new SQLException(e); // what H2 finds in a file that makes no sense
    } catch (OutOfMemoryError e) {
      // rows are read one by one: only a length that was never written asks for so much
      throw new SQLException("something in it is longer than there is memory for", e);
    }
  }

  private void tables() throws SQLException {
    if (!SchemaDigest.isRight(connection)) {
      throw damaged("what defines the tables is not as it was written");
    }
    for (var table : texts(TABLES)) {
      var indexes = indexes(table);
      read("select * from \"%s\"".formatted(table), indexes);
      for (var index : indexes) {
        var inIndex = new Index(index.name, index.columns);
        read(inIndex.query(table), List.of(inIndex));
        if (inIndex.sum != index.sum) {
          throw damaged("the index " + index.name + " has not what its table has");
        }
      }
      for (var broken : texts(BROKEN_CONSTRAINTS, table)) {
        if (!texts(broken).isEmpty()) {
          throw damaged("a row of " + table + " is not as it was written");
        }
      }
    }
  }

  private List<String> texts(String query, String... parameters) throws SQLException {
    return rows(query, rows -> rows.getString(1), parameters);
  }

  private List<Index> indexes(String table) throws SQLException {
    return rows(
        INDEXES,
        rows ->
            new Index(
                rows.getString(1),
                Stream.of((Object[]) rows.getArray(2).getArray()).map(String.class::cast).toList()),
        table);
  }

  private <T> List<T> rows(String query, Reader<T> reader, String... parameters)
      throws SQLException {
    try (var statement = connection.prepareStatement(query)) {
      for (var parameter = 0; parameter < parameters.length; parameter++) {
        statement.setString(parameter + 1, parameters[parameter]);
      }
      try (var rows = statement.executeQuery()) {
        var all = new ArrayList<T>();
        while (rows.next()) {
          all.add(reader.read(rows));
        }
        return all;
      }
    }
  }

  /** Reads all rows, and adds each to the sums. */
  private void read(String query, List<Index> sums) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var columns = rows.getMetaData();
      while (rows.next()) {
        for (var column = 1; column <= columns.getColumnCount(); column++) {
          check(rows, columns, column);
        }
        for (var sum : sums) {
          sum.add(rows);
        }
      }
    }
  }

  /** What is made of a row. */
  private interface Reader<T> {

    T read(ResultSet rows) throws SQLException;
  }

  /** An index, and a sum over its rows in whichever order. */
  private static final class Index {

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final String name;
    private final List<String> columns;
    private long sum;

    Index(String name, List<String> columns) {
      this.name = name;
      this.columns = columns;
    }

    String query(String table) {
      var list = columns.stream().collect(Collectors.joining("\", \"", "\"", "\""));
      return "select %s from \"%s\" use index (\"%s\") order by %1$s".formatted(list, table, name);
    }

    void add(ResultSet rows) throws SQLException {
      var hash = 1L;
      for (var column : columns) {
        hash = hash * ODD + Objects.hashCode(rows.getObject(column));
      }
      sum += hash * ODD;
    }
  }

  private static void check(ResultSet rows, ResultSetMetaData columns, int column)
      throws SQLException {
    var value = rows.getObject(column);
    if (value == null
        ? columns.isNullable(column) == ResultSetMetaData.columnNoNulls
        : !value.getClass().getName().equals(columns.getColumnClassName(column))) {
      throw damaged("a value of " + columns.getColumnName(column) + " is none that it can have");
    }
  }

  private static SQLException damaged(String what) {
    return new SQLException(what, "HY000", ErrorCode.FILE_CORRUPTED_1);
  }
}
