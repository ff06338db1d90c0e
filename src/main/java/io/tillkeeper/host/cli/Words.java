package io.tillkeeper.host.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers, times and sizes as a person reads them. */
final class Words {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");
  private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");
  private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};
  private static final int STEP = 1_000;

  private Words() {}

  /** Reads a time of the API; empty when there is none. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A time of today by its clock, any other with its day. */
  static String time(Instant at, Instant now, ZoneId zone) {
    var local = at.atZone(zone);
    var today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
    return local.format(today ? CLOCK : DAY);
  }

  /** A length of time in its largest unit. */
  static String length(Duration length) {
    var seconds = Math.max(0, length.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < Duration.ofHours(2).toSeconds()) {
      return length.toMinutes() + " min";
    }
    return seconds < Duration.ofDays(2).toSeconds()
        ? length.toHours() + " h"
        : length.toDays() + " days";
  }

  static String size(long bytes) {
    var size = (double) bytes;
    var unit = 0;
    while (size >= STEP && unit < UNITS.length - 1) {
      size /= STEP;
      unit++;
    }
    var digits = unit == 0 || size >= 100 ? 0 : 1;
    return String.format(Locale.ROOT, "%." + digits + "f %s", size, UNITS[unit]);
  }

  /** A text in lines of at most so many characters, if its words allow that; at least one line. */
  static List<String> wrapped(String text, int width) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ")) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** {@code 1 customer}, {@code 2 customers}. */
  static String count(long count, String one) {
    return count + " " + one + (count == 1 ? "" : "s");
  }
}
