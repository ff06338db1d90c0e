package io.tillkeeper.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The table of bad lines in the documentation: what is expected, and what was seen. */
final class BadLinesTable {

  private static final Path FILE = Path.of("src", "docs", "bad-lines.md");
  private static final String ROW = "| %s | %s | %s | %s | %s | %s |";
  private static final int COLUMNS = 6;

  private BadLinesTable() {}

  /** What is delivered over a bad line. */
  enum Cargo {
    CREATE,
    UPDATE,
    BATCH
  }

  /**
   * A row.
   *
   * @param odoo the versions of Odoo
   */
  record Row(BadLine line, Cargo cargo, List<String> odoo, String expected, String seen) {

    @Override
    public String toString() {
      return ROW.formatted(
          line.what(),
          line.when(),
          cargo.name().toLowerCase(Locale.ROOT),
          String.join(", ", odoo),
          expected,
          seen);
    }
  }

  static List<Row> rows() {
    return lines().stream().filter(BadLinesTable::isRow).map(BadLinesTable::row).toList();
  }

  /** Writes what was seen beside what was expected, for a person to look at. */
  static void write(Map<Row, String> seen) {
    var lines = new ArrayList<String>();
    for (var line : lines()) {
      if (isRow(line)) {
        var row = row(line);
        lines.add(
            new Row(row.line, row.cargo, row.odoo, row.expected, seen.getOrDefault(row, row.seen))
                .toString());
      } else {
        lines.add(line);
      }
    }
    try {
      Files.write(FILE, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isRow(String line) {
    return cells(line).size() == COLUMNS
        && Arrays.stream(Cargo.values())
            .anyMatch(cargo -> cargo.name().equalsIgnoreCase(cells(line).get(2)));
  }

  private static Row row(String line) {
    var cells = cells(line);
    return new Row(
        new BadLine(cells.get(0), cells.get(1)),
        Cargo.valueOf(cells.get(2).toUpperCase(Locale.ROOT)),
        List.of(cells.get(3).split(", ")),
        cells.get(4),
        cells.get(5));
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.split("\\|")).skip(1).map(String::strip).toList();
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(FILE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
