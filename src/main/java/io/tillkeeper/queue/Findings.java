package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a delivery found that could be decided in more than one way. It stays with the operation.
 *
 * @param disputes the fields that the till and the back office both changed
 * @param candidates the partners that the customer could be
 */
public record Findings(List<Dispute> disputes, List<Candidate> candidates) {

  /** There was nothing to decide. */
  public static final Findings NONE = new Findings(List.of(), List.of());

  public Findings {
    disputes = List.copyOf(disputes);
    candidates = List.copyOf(candidates);
  }

  /** Whether there was nothing to decide. */
  public boolean isEmpty() {
    return disputes.isEmpty() && candidates.isEmpty();
  }

  /** How a field in dispute was decided. */
  public enum Decision {
    /** The till's value was written. */
    TILL,
    /** Odoo's value stayed. */
    ODOO,
    /** The till's text was put after Odoo's. */
    APPEND,
    /** What the till added and took away was added and taken away in Odoo. */
    MERGE,
    /** A person must decide. */
    ASK
  }

  /**
   * A field that the till and the back office both changed, differently.
   *
   * @param base what the cashier saw
   * @param till what the cashier typed
   * @param odoo what Odoo had when it was delivered
   */
  public record Dispute(
      String field,
      @Nullable FieldValue base,
      FieldValue till,
      FieldValue odoo,
      Decision decision) {}

  /**
   * A partner that the customer could be.
   *
   * @param archived whether it is archived in Odoo
   * @param matchedBy the keys that are the same: {@code vat}, {@code barcode}, {@code email},
   *     {@code phone}
   * @param values what tells it apart
   */
  public record Candidate(
      long odooId, boolean archived, List<String> matchedBy, CustomerValues values) {
    public Candidate {
      matchedBy = List.copyOf(matchedBy);
    }
  }
}
