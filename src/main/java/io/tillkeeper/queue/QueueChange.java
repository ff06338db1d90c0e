package io.tillkeeper.queue;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that is different in the queue since a commit. It holds no customer's data. */
public sealed interface QueueChange {

  /**
   * An operation is new, or in another state.
   *
   * @param odooId the customer's database id; null while Odoo does not have it
   * @param from the code of the state that it was in; null when it is new
   */
  record OperationMoved(
      long seq,
      OperationKind kind,
      UUID ref,
      @Nullable Long odooId,
      @Nullable String till,
      @Nullable String cashier,
      @Nullable String from,
      OperationState state)
      implements QueueChange {}

  /** A customer is new, has got its id of Odoo's, or is further on its way. */
  record CustomerMoved(UUID ref, @Nullable Long odooId, Customer.Standing standing)
      implements QueueChange {}
}
