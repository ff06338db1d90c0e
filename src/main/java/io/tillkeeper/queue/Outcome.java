package io.tillkeeper.queue;

import java.time.Instant;

/** How a delivery ended for one operation. */
public sealed interface Outcome {

  /**
   * Odoo has it.
   *
   * @param odooId the database id of the partner
   */
  record Delivered(long odooId) implements Outcome {}

  /** Odoo answered no; only a person can help. */
  record Held(Hold hold) implements Outcome {}

  /**
   * No answer, or one that asks to come again: nothing is lost, and no attempt is used up.
   *
   * @param cause a code for the history: why
   * @param notBefore when it may be sent again at the earliest
   */
  record Unavailable(String cause, Instant notBefore) implements Outcome {}
}
