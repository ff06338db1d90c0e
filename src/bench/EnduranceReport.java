import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** What a run of {@link Endurance} leaves for a person: a table, and the series as a picture. */
final class EnduranceReport {

  private static final int PARTS = 6;
  private static final double MEBIBYTE = 1024 * 1024;

  private final String title;
  private final Readings readings;
  private final List<Chart.Mark> marks;

  EnduranceReport(String title, Readings readings, List<Chart.Mark> marks) {
    this.title = title;
    this.readings = readings;
    this.marks = marks;
  }

  /** Writes both into the directory, and returns the text. */
  String write(Path directory, String summary, Till till, Listener listener) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("chart.svg"), chart().svg());
    var text = summary + "%n%n![The series](chart.svg)%n%n".formatted() + table(till, listener);
    Files.writeString(directory.resolve("report.md"), text);
    return text;
  }

  private String table(Till till, Listener listener) {
    var written = readings.last().written();
    var accepted = till.people().size() + till.updates();
    return row("", "")
        + row("---", "---")
        + row("accept, from when the customer came: p50, p99, max", times(till.steady()))
        + row(
            "the same of those who came during a restart, or before it was caught up with",
            times(till.aroundRestarts()))
        + row("refused (503, 429); without an answer", till.refused() + "; " + till.unanswered())
        + row(
            "resident memory, at most; at the end",
            mebibytes(reading -> reading.sample().residentKb() * 1024))
        + row("resident memory, at most in each sixth of the day", residentInEachPart())
        + row(
            "descriptors, at most; at the end", counts(reading -> reading.sample().descriptors()))
        + row("threads, at most; at the end", counts(reading -> reading.sample().threads()))
        + row(
            "database file, at most; after the last stop",
            mebibytes(Readings.Reading::databaseBytes))
        + row("journal, at most; at the end", mebibytes(Readings.Reading::journalBytes))
        + row("copies, at most; at the end", mebibytes(Readings.Reading::backupBytes))
        + row(
            "bytes written, in all; for each that was accepted and delivered",
            "%,.0f MiB; %,d".formatted(written / MEBIBYTE, written / Math.max(1, accepted)))
        + row(
            "events of the feed; resets",
            "%,d; %d".formatted(listener.events(), listener.resets()));
  }

  private static String row(String name, String value) {
    return "| %s | %s |%n".formatted(name, value);
  }

  private static String times(Latencies of) {
    return "%.1f ms, %.1f ms, %.0f ms".formatted(of.percentile(50), of.percentile(99), of.max());
  }

  private String residentInEachPart() {
    return readings.mostInEachPart(PARTS, Readings.Reading::residentMebibytes).stream()
            .map("%.1f"::formatted)
            .collect(Collectors.joining(", "))
        + " MiB";
  }

  private String mebibytes(ToDoubleFunction<Readings.Reading> bytes) {
    return "%.1f; %.1f MiB"
        .formatted(
            readings.most(bytes) / MEBIBYTE, bytes.applyAsDouble(readings.last()) / MEBIBYTE);
  }

  private String counts(ToDoubleFunction<Readings.Reading> number) {
    return "%.0f; %.0f".formatted(readings.most(number), number.applyAsDouble(readings.last()));
  }

  private Chart chart() {
    var chart =
        new Chart(title + ". Orange: Odoo out of order; red: restarts", readings.last().second());
    marks.forEach(chart::mark);
    add(chart, "Resident memory", "MiB", Readings.Reading::residentMebibytes);
    add(chart, "Descriptors", "", reading -> reading.sample().descriptors());
    add(chart, "Threads", "", reading -> reading.sample().threads());
    add(chart, "Database file", "MiB", reading -> reading.databaseBytes() / MEBIBYTE);
    add(chart, "Journal", "MiB", reading -> reading.journalBytes() / MEBIBYTE);
    add(chart, "Copies", "MiB", reading -> reading.backupBytes() / MEBIBYTE);
    add(chart, "Bytes written, all together", "MiB", reading -> reading.written() / MEBIBYTE);
    add(chart, "Operations on their way", "", Readings.Reading::waiting);
    add(chart, "Accept, median", "ms", Readings.Reading::median);
    add(chart, "Accept, longest", "ms", Readings.Reading::max);
    return chart;
  }

  private void add(
      Chart chart, String name, String unit, ToDoubleFunction<Readings.Reading> number) {
    chart.add(name, unit, readings.series(number));
  }
}
