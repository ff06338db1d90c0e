package io.tillkeeper.queue;

/** The queue's answer to a {@link Decision}. */
public sealed interface Decided {

  /** It is on the disk. */
  record Done(Operation operation) implements Decided {}

  /** There is no such operation. */
  record Unknown() implements Decided {}

  /**
   * The operation is not held; nothing was changed.
   *
   * @param state the state that it is in, by its code
   */
  record NotHeld(String state) implements Decided {}

  /**
   * The decision is about something else than what the operation is held for; nothing was changed.
   */
  record DoesNotFit(String detail) implements Decided {}
}
