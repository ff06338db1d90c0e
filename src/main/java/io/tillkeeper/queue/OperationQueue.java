package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The durable list of operations, ordered by {@code seq}.
 *
 * <p>A method that changes something returns when the change is on the disk, so that neither a
 * crash nor a power cut after its return undoes it; before its return either all of the change
 * survives or nothing of it. None of them calls the network.
 */
public interface OperationQueue {

  /**
   * Takes an operation in. Safe to repeat when it carries an idempotency key, or is a create with a
   * ref.
   */
  Accepted accept(Acceptance acceptance);

  /**
   * Takes all of these in, or none, and gives each customer that Odoo does not have a negative id,
   * unless it has one. Safe to repeat when they carry idempotency keys.
   *
   * @return a receipt for each; or, alone, why none was accepted
   */
  List<Accepted> acceptAll(List<Acceptance> acceptances);

  /**
   * What was answered when these very operations were accepted, for a caller to whom that answer
   * did not come; empty unless all of them were. Takes nothing in.
   */
  Optional<List<Accepted.Receipt>> receipts(List<Acceptance> acceptances);

  /** One operation. */
  Optional<Operation> operation(long seq);

  /**
   * A page of operations in the order of {@code seq}.
   *
   * @param state only those in this state, by its code; null for all
   * @param customer only those of this customer; null for all
   * @param after only those with a greater {@code seq}
   */
  List<Operation> operations(
      @Nullable String state, @Nullable CustomerAddress customer, long after, int limit);

  /**
   * A page of operations, the last accepted first.
   *
   * @param state only those in this state, by its code; null for all
   * @param customer only those of this customer; null for all
   * @param before only those with a smaller {@code seq}
   */
  List<Operation> newestOperations(
      @Nullable String state, @Nullable CustomerAddress customer, long before, int limit);

  /** All operations of these customers, in the order of {@code seq}. */
  List<Operation> operationsOf(List<UUID> refs);

  /** The customer as it will be. */
  Optional<Customer> customer(CustomerAddress address);

  /** The database ids of those customers that Odoo has. */
  Map<UUID, Long> odooIds(List<UUID> refs);

  /** The negative ids of those customers that were given one. They are never taken back. */
  Map<UUID, Long> localIds(List<UUID> refs);

  /**
   * Customers whose name, phone, e-mail, VAT or barcode contains the text, in the order of their
   * names.
   */
  List<Customer> search(String text, int limit);

  /**
   * Takes the first operation of each lane that may be sent now, oldest first, and marks it as
   * being sent. A lane whose first operation is held or being sent, and a contact whose company is
   * not in Odoo yet, wait.
   */
  List<Shipment> pick(int limit);

  /** Writes down how deliveries ended, by {@code seq} of operations that are being sent. */
  void settle(Map<Long, Outcome> outcomes);

  /** Obeys a person about a held operation. */
  Decided decide(long seq, Decision decision);

  /**
   * Takes what is personal of somebody out of the queue: what is known of the customer, and the
   * values of operations that were delivered or discarded. What is still to be delivered is left,
   * and said. Safe to repeat; the audit trail keeps how much it was and not who.
   */
  Erased erase(ErasureRequest request, String by);

  /**
   * Sends all operations again that are held for one reason.
   *
   * @return how many
   */
  int retryAll(HeldReason reason, String by);

  /**
   * Puts back what was being sent when the process ended. To be called once, before the first
   * {@link #pick}.
   */
  int recover();

  /** Lets everything that waits be sent now. */
  void hasten();

  /** When the next operation may be sent; empty when none is waiting for its time. */
  Optional<Instant> nextDue();

  /** How many are where. */
  QueueCounts counts();

  /** How many wait for a person, by the reason; a reason for which none does is not in it. */
  Map<HeldReason, Long> heldByReason();

  /**
   * When operations came and were delivered since a moment. Of a very long queue only the newest
   * operations are looked at.
   */
  Traffic traffic(Instant from);
}
