package io.tillkeeper.simulator;

import java.time.Duration;

/**
 * What can go wrong between a client and Odoo.
 *
 * <p>The faults of the line ({@link Slow}, {@link Html404}, {@link CaptivePortal}, {@link
 * TooManyRequests}) meet every request. The others meet only the calls that they are about: a model
 * call, and for {@link WrongKey} and {@link DatabaseDown} also a login.
 */
public sealed interface Fault {

  /** Odoo never hears of the request: somebody else answers. */
  sealed interface OfStrangers extends Fault {}

  /** A model call meets it, at its end; nothing else does. */
  sealed interface OfTransactions extends Fault {}

  /**
   * Connections are refused; the open ones are cut. The port stays reserved, so that Odoo comes
   * back on it.
   */
  record Refuse() implements Fault {}

  /**
   * The call is worked on, but neither committed nor answered, until {@link Simulator#release()} or
   * until the client goes away.
   *
   * @param commitsLater whether the call is committed when the client goes, as the real Odoo does
   *     it; otherwise the work is rolled back
   */
  record HangBeforeCommit(boolean commitsLater) implements OfTransactions {}

  /** The call is done and committed, but the answer is lost: it does not come. */
  record HangAfterCommit() implements OfTransactions {}

  /** The call is done and committed; half of the answer arrives, then the connection is reset. */
  record ResetMidAnswer() implements OfTransactions {}

  /**
   * The connection ends at this moment of a call, which is not answered by Odoo any more.
   *
   * @param manner how its end is seen by the client
   */
  record Cut(Moment moment, Manner manner) implements OfTransactions {
    public Cut {
      if (moment == Moment.IN_ANSWER && manner == Manner.BAD_GATEWAY) {
        throw new IllegalArgumentException("half of an answer cannot become another one");
      }
    }
  }

  /** When a connection ends. */
  enum Moment {
    /** Odoo never hears of the call. */
    BEFORE_REQUEST,
    /**
     * Odoo is at work, and goes on: it commits, as far as nobody was faster, at {@link
     * Simulator#release()}, which may be after the client has called again.
     */
    BEFORE_COMMIT,
    /** The call is done and committed; nothing of the answer arrives. */
    AFTER_COMMIT,
    /** The call is done and committed; half of the answer arrives. */
    IN_ANSWER
  }

  /** How the client sees the end of a connection. */
  enum Manner {
    /** It is reset. */
    RESET,
    /** It is closed, as if all had been said. */
    CLOSE,
    /** A proxy that lost Odoo says so, with 502 and a page. */
    BAD_GATEWAY
  }

  /**
   * The call is done and committed; half of the answer arrives, and then nothing more, though the
   * connection stays open until {@link Simulator#release()} or until the client goes away.
   */
  record HangMidAnswer() implements OfTransactions {}

  /** The call is done and committed; its answer arrives at this pace. */
  record Trickle(Duration perByte) implements OfTransactions {}

  /** The call raises this exception and does nothing. */
  record OdooException(String name, String message) implements OfTransactions {}

  /**
   * The call loses against another transaction: {@code load} says so in its messages, the others
   * raise {@code psycopg2.errors.SerializationFailure}; nothing is written.
   *
   * @param message PostgreSQL's words, which follow the language of the server
   */
  record Conflict(String message) implements OfTransactions {}

  /** The page that says "not found", as HTML. */
  record Html404() implements OfStrangers {}

  /**
   * Somebody else answers: the login page of a wireless network.
   *
   * @param redirect whether a 302 leads to that page; otherwise it comes at once, with 200
   */
  record CaptivePortal(boolean redirect) implements OfStrangers {}

  /** Each request waits this long before it is worked on. */
  record Slow(Duration delay) implements Fault {}

  /** A proxy answers 429. */
  record TooManyRequests(Duration retryAfter) implements OfStrangers {}

  /** The key is not, or no longer, valid. */
  record WrongKey() implements Fault {}

  /** PostgreSQL is down; Odoo itself answers. */
  record DatabaseDown() implements Fault {}
}
