package io.tillkeeper.sync;

import io.tillkeeper.queue.Rehearsal;

/** What becomes of the wish for a rehearsal. */
public sealed interface RehearsalAnswer {

  /** It has begun, and that is on the disk. */
  record Begun(Rehearsal rehearsal) implements RehearsalAnswer {}

  /**
   * None may run against this Odoo.
   *
   * @param why a plain sentence
   */
  record NotAllowed(String why) implements RehearsalAnswer {}

  /**
   * None can begin now.
   *
   * @param why a plain sentence
   */
  record NotPossible(String why) implements RehearsalAnswer {}
}
