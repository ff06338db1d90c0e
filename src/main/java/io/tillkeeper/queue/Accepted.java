package io.tillkeeper.queue;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The queue's answer to an {@link Acceptance}. */
public sealed interface Accepted {

  /**
   * It is on the disk: whatever happens now, the operation is not lost. The same for a repetition
   * under the same idempotency key, or under the same ref, as for the first time.
   *
   * @param seq the operation's place in the queue
   * @param ref the customer
   * @param odooId the customer's database id as it was known when the operation was accepted
   */
  record Receipt(long seq, UUID ref, @Nullable Long odooId, OperationKind kind, Instant acceptedAt)
      implements Accepted {}

  /** Nothing was accepted: the idempotency key belongs to another request. */
  record KeyReused() implements Accepted {}

  /**
   * Nothing was accepted: a customer with this ref is there already, and was created with other
   * values.
   */
  record RefTaken() implements Accepted {}

  /** Nothing was accepted: there is no customer with this ref. */
  record UnknownCustomer() implements Accepted {}

  /** Nothing was accepted: there is no customer with the ref that was given as the company. */
  record UnknownParent() implements Accepted {}
}
