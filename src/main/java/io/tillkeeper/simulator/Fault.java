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
