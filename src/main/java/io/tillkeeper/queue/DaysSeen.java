package io.tillkeeper.queue;

import static java.util.Comparator.comparingLong;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The days that the daemon has seen, by whatever its clock said, each with the last operation that
 * there was when it began. So many days ago means so many of them: a clock that jumps by years adds
 * one day, and one that is always wrong at the start and right later adds one in a month.
 */
@ApplicationScoped
class DaysSeen {

  private static final String NAME = "day-";

  private final Settings settings;
  private final Settings.SettingRows rows;
  private final OperationRows operations;
  private final GroupCommit commits;

  DaysSeen(
      Settings settings, Settings.SettingRows rows, OperationRows operations, GroupCommit commits) {
    this.settings = settings;
    this.rows = rows;
    this.operations = operations;
    this.commits = commits;
  }

  /** Notes today, and forgets the days before the last so many. */
  void note(Instant now, long longest) {
    if (longest == 0) {
      return;
    }
    commits.write(
        () -> {
          note(NAME + LocalDate.ofInstant(now, ZoneOffset.UTC));
          var newestFirst = newestFirst();
          var kept = Math.min(Math.toIntExact(longest + 1), newestFirst.size());
          newestFirst.subList(kept, newestFirst.size()).forEach(rows::delete);
          return kept;
        });
  }

  /**
   * Which was the last operation so many days ago; 0 when the daemon has not seen as many. Less
   * than a day is the clock's business alone.
   */
  long lastSeqBefore(long days) {
    if (days == 0) {
      return Long.MAX_VALUE;
    }
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              var newestFirst = newestFirst();
              return newestFirst.size() <= days ? 0L : seq(newestFirst.get(Math.toIntExact(days)));
            });
  }

  private void note(String today) {
    if (rows.findById(today) == null) {
      settings.set(today, String.valueOf(operations.lastSeq()));
    }
  }

  private List<SettingRow> newestFirst() {
    return rows.list("name like ?1 order by name desc", NAME + "%").stream()
        .sorted(comparingLong(DaysSeen::seq).reversed())
        .toList();
  }

  private static long seq(SettingRow day) {
    return Long.parseLong(day.content);
  }
}
