package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerValues;
import java.time.Instant;

/** How a delivery ended for one operation. */
public sealed interface Outcome {

  /**
   * Odoo has it.
   *
   * @param odooId the database id of the partner
   * @param values what Odoo has now, of the fields that the operation is about
   * @param findings what was in dispute, and how it was decided
   */
  record Delivered(long odooId, CustomerValues values, Findings findings) implements Outcome {}

  /**
   * Odoo answered no, or there is something that Tillkeeper may not decide; only a person can help.
   */
  record Held(Hold hold, Findings findings) implements Outcome {

    /** Held, and Odoo's words are all there is to say. */
    public Held(Hold hold) {
      this(hold, Findings.NONE);
    }
  }

  /**
   * It was not sent after all: another operation goes first, the line was lost before, or the
   * daemon is being stopped.
   */
  record PutBack() implements Outcome {}

  /**
   * No answer, or one that asks to come again: nothing is lost, and no attempt is used up.
   *
   * @param cause a code for the history: why
   * @param notBefore when it may be sent again at the earliest
   * @param maybeInOdoo whether Odoo may have done what it was asked to
   */
  record Unavailable(String cause, Instant notBefore, boolean maybeInOdoo) implements Outcome {

    /** Where nothing was asked of Odoo that changes anything there. */
    public Unavailable(String cause, Instant notBefore) {
      this(cause, notBefore, false);
    }
  }
}
