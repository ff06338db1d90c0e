package io.tillkeeper.queue;

import java.util.Locale;

/** What an operation does to its customer. */
public enum OperationKind {
  /** A customer that was not there before. */
  CREATE,
  /** New values for some fields of a customer. */
  UPDATE;

  /** The word for it in the API, in logs and on the disk. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
