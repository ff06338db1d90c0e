package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A customer as it will be: what Odoo had last, overlaid with what is queued.
 *
 * @param odooId the database id; null while Odoo does not have it
 * @param change all values that are known, and the company
 * @param standing how far it is on its way
 */
public record Customer(UUID ref, @Nullable Long odooId, CustomerChange change, Standing standing) {

  /** How far a customer's changes are on their way. */
  public enum Standing {
    /** Everything that was accepted is in Odoo. */
    DELIVERED,
    /** Something is still on its way. */
    WAITING,
    /** Something waits for a person. */
    HELD,
    /** Its creation was given up. */
    DISCARDED;

    /** Whether nothing of it is on its way, or waits. */
    boolean isSettled() {
      return switch (this) {
        case DELIVERED, DISCARDED -> true;
        case WAITING, HELD -> false;
      };
    }
  }
}
