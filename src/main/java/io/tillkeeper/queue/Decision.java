package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerChange;
import org.jspecify.annotations.Nullable;

/** What a person decides about a held operation. Who it was is kept in the operation's history. */
public sealed interface Decision {

  /** The name that the person gave. */
  String by();

  /**
   * Send it again.
   *
   * @param corrected values to send instead of those that were accepted, which stay in the history;
   *     null for the same
   */
  record Retry(@Nullable CustomerChange corrected, String by) implements Decision {}

  /** Send it again, with a conflict or a twin settled. */
  record Resolve(Resolution resolution, String by) implements Decision {}

  /**
   * Give it up.
   *
   * @param reason why, at most 1,000 characters
   */
  record Discard(String reason, String by) implements Decision {}
}
