package io.tillkeeper.customer;

import java.math.BigDecimal;
import java.util.List;

/** The value of one {@code res.partner} field, as the till gave it. */
public sealed interface FieldValue {

  /** Text as typed; for {@code comment} plain text, not markup. */
  record Text(String value) implements FieldValue {}

  /** A yes or no. */
  record Flag(boolean value) implements FieldValue {}

  /** A whole number that is not a record's id. */
  record Whole(long value) implements FieldValue {}

  /** A number with a fraction. */
  record Decimal(BigDecimal value) implements FieldValue {}

  /** A many2one: the database id of the record in Odoo. */
  record Reference(long id) implements FieldValue {}

  /**
   * A many2many: database ids in Odoo, ascending and without repetition. An empty list clears it.
   */
  record References(List<Long> ids) implements FieldValue {
    public References {
      ids = ids.stream().distinct().sorted().toList();
    }
  }

  /** A country by its ISO 3166-1 alpha-2 code in upper case, for a till that knows no ids. */
  record Country(String isoCode) implements FieldValue {}

  /** Nothing: the field is cleared. */
  record Empty() implements FieldValue {}
}
