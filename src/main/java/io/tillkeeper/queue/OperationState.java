package io.tillkeeper.queue;

import java.time.Instant;

/**
 * The life of an operation. Each state has only the moves that are legal from it:
 *
 * <pre>
 *  PENDING --picked--> SENDING --delivered--> DELIVERED
 *     ^                  |  \--held(reason)--> HELD --discarded--> DISCARDED
 *     |                  |                      |
 *     +---unavailable----+                      +--retried--> PENDING
 *
 *  PENDING --left to another till--> DISCARDED --taken back--> PENDING
 * </pre>
 *
 * <p>After a crash everything in SENDING is PENDING again, which is safe because delivery may be
 * repeated. Nothing ever leaves the queue by itself: DELIVERED and DISCARDED are the only ends, and
 * a person is behind the second.
 */
public sealed interface OperationState {

  /** Since when it is in this state. */
  Instant since();

  /**
   * Waits to be sent.
   *
   * @param notBefore when it may be sent at the earliest
   * @param tries how often it was sent in a row without an answer, for the back-off
   */
  record Pending(Instant since, Instant notBefore, int tries) implements OperationState {

    /** The state of an operation that was just accepted. */
    public static Pending accepted(Instant now) {
      return new Pending(now, now, 0);
    }

    /** A person leaves it to another till. */
    public Discarded left(Instant now, String reason, String by) {
      return new Discarded(now, reason, by);
    }

    /** The worker takes it to Odoo. */
    public Sending picked(Instant now) {
      return new Sending(now, tries);
    }
  }

  /** Is on its way; whether Odoo has it is not known. */
  record Sending(Instant since, int tries) implements OperationState {

    /** Odoo has it. */
    public Delivered delivered(Instant now, long odooId) {
      return new Delivered(now, odooId);
    }

    /** Odoo answered, and a person must decide. */
    public Held held(Instant now, Hold hold) {
      return new Held(now, hold);
    }

    /** There was no answer, or one that asks to come again. */
    public Pending unavailable(Instant now, Instant notBefore) {
      return new Pending(now, notBefore, tries + 1);
    }

    /** The process ended before the outcome was known. */
    public Pending recovered(Instant now) {
      return new Pending(now, now, tries + 1);
    }

    /** It was not sent after all, because another one came first. */
    public Pending putBack(Instant now) {
      return new Pending(now, now, tries);
    }
  }

  /**
   * Is in Odoo.
   *
   * @param odooId the database id of the partner
   */
  record Delivered(Instant since, long odooId) implements OperationState {}

  /** Waits for a person. The lane waits with it. */
  record Held(Instant since, Hold hold) implements OperationState {

    /** A person asks for it to be sent again. */
    public Pending retried(Instant now) {
      return Pending.accepted(now);
    }

    /** A person gives it up. */
    public Discarded discarded(Instant now, String reason, String by) {
      return new Discarded(now, reason, by);
    }
  }

  /**
   * Was given up.
   *
   * @param reason why, in the words of the person
   * @param by the name the person gave
   */
  record Discarded(Instant since, String reason, String by) implements OperationState {

    /** It was left to another till, and a person brings it back. */
    public Pending takenBack(Instant now) {
      return Pending.accepted(now);
    }
  }

  /** The word for it in the API, in logs and on the disk. */
  default String code() {
    return switch (this) {
      case Pending pending -> "pending";
      case Sending sending -> "sending";
      case Delivered delivered -> "delivered";
      case Held held -> "held";
      case Discarded discarded -> "discarded";
    };
  }
}
