package io.tillkeeper.feed;

/** The way to one listener. Its methods return at once. */
interface Outlet {

  /** The daemon met a fault of its own. */
  int INTERNAL_ERROR = 1011;

  /** There are as many listeners as there may be. */
  int TRY_AGAIN_LATER = 1013;

  /** Somebody's token was revoked; whoever has one that is good connects again. */
  int ADMITTED_NO_MORE = 4001;

  /** The listener does not keep up. */
  int TOO_SLOW = 4008;

  /**
   * Sends an event.
   *
   * @param sent is run when the operating system has taken it
   * @param failed is run when it will not
   */
  void send(Message message, Runnable sent, Runnable failed);

  /**
   * Asks the other side for a sign of life.
   *
   * @param alive is run when the asking alone is one
   */
  void ping(Runnable alive);

  /** Ends the connection, without waiting for what is still to be sent. */
  void close(int code, String reason);
}
