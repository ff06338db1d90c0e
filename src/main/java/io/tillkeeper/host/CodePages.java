package io.tillkeeper.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of the program's own file that lies in memory just as it is in the file: nothing is lost
 * when it is let go of, since what is needed again is read from the file.
 *
 * @param start the address of its first byte
 * @param bytes its length
 */
record CodePages(long start, long bytes) {

  private static final Pattern MAPPING =
      Pattern.compile("([0-9a-f]+)-([0-9a-f]+) (\\S{4}) \\S+ \\S+ \\d+\\s+(.*)");

  private static final Pattern CHANGED = Pattern.compile("Anonymous:\\s+(\\d+) kB");

  /**
   * Reads them from what the kernel tells of a process.
   *
   * @param smaps the lines of {@code /proc/PID/smaps}
   * @param program the path of its program
   */
  static List<CodePages> of(List<String> smaps, String program) {
    var found = new ArrayList<CodePages>();
    Optional<CodePages> candidate = Optional.empty();
    for (var line : smaps) {
      var mapping = MAPPING.matcher(line);
      var changed = CHANGED.matcher(line);
      if (mapping.matches()) {
        candidate =
            isReadOnly(mapping.group(3)) && mapping.group(4).equals(program)
                ? Optional.of(between(mapping.group(1), mapping.group(2)))
                : Optional.empty();
      } else if (changed.matches() && changed.group(1).equals("0")) {
        candidate.ifPresent(found::add);
      }
    }
    return found;
  }

  private static boolean isReadOnly(String permissions) {
    return permissions.equals("r-xp") || permissions.equals("r--p");
  }

  private static CodePages between(String start, String end) {
    var from = Long.parseUnsignedLong(start, 16);
    return new CodePages(from, Long.parseUnsignedLong(end, 16) - from);
  }
}
