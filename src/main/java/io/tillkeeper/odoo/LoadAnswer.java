package io.tillkeeper.odoo;

import io.tillkeeper.queue.HeldReason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What Odoo answered to a {@code load}. */
public sealed interface LoadAnswer {

  /** All rows are in Odoo; {@code ids} are their database ids, in the order of the rows. */
  record Loaded(List<Long> ids) implements LoadAnswer {
    public Loaded {
      ids = List.copyOf(ids);
    }
  }

  /**
   * Nothing was written; Odoo names the rows at fault. It stops naming after ten, so there may be
   * more.
   */
  record RowsRefused(List<RowRefusal> rows) implements LoadAnswer {
    public RowsRefused {
      rows = List.copyOf(rows);
    }
  }

  /**
   * Nothing was written; the call as a whole was refused.
   *
   * @param reason what it means for the operations in the call
   * @param words Odoo's own message, in the language of its user
   */
  record CallRefused(HeldReason reason, String words) implements LoadAnswer {}

  /**
   * Nothing was written, because another transaction came between: the same call may succeed at
   * once.
   *
   * @param words Odoo's own message
   */
  record Again(String words) implements LoadAnswer {}

  /**
   * One row that Odoo refused.
   *
   * @param row 0-based, in the order of the call
   * @param reason what it means for the operation
   * @param field the name of the field at fault, when Odoo says it
   * @param words Odoo's own message, in the language of its user
   */
  record RowRefusal(int row, HeldReason reason, @Nullable String field, String words) {}
}
