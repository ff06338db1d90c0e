package io.tillkeeper.odoo;

import io.tillkeeper.odoo.LoadAnswer.Again;
import io.tillkeeper.odoo.LoadAnswer.RowRefusal;
import io.tillkeeper.odoo.LoadAnswer.RowsRefused;
import io.tillkeeper.queue.HeldReason;
import java.util.List;

/**
 * Two loads of one partner at once: PostgreSQL lets one of them win, and Odoo gives the loser
 * PostgreSQL's text as if it were a complaint about a row. There is no exception to name it by, and
 * the text is in the language of the database server, so it is the repeat that tells: after a lost
 * race it succeeds, and after anything else it is refused again.
 */
final class Race {

  private static final List<String> ENGLISH =
      List.of(
          "could not serialize access due to", "deadlock detected", "could not obtain lock on row");

  private Race() {}

  /**
   * True for a refusal that blames no field and says the same of every row. A missing right and
   * some values look like this too, at the price of repeats that change nothing.
   */
  static boolean possible(LoadAnswer answer) {
    return answer instanceof RowsRefused(var rows)
        && rows.stream().allMatch(row -> row.field() == null && row.reason() == HeldReason.REJECTED)
        && rows.stream().map(RowRefusal::words).distinct().count() == 1;
  }

  /**
   * A race that is still lost after the repeats, told by the text where the database server speaks
   * English, as most do. Where it does not, the refusal stays one.
   */
  static LoadAnswer certain(LoadAnswer answer) {
    return possible(answer)
            && answer instanceof RowsRefused(var rows)
            && ENGLISH.stream().anyMatch(rows.getFirst().words()::contains)
        ? new Again(rows.getFirst().words())
        : answer;
  }
}
