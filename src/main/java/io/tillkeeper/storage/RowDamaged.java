package io.tillkeeper.storage;

/** A row of the database is not as it was written, or makes no sense. */
public final class RowDamaged extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param what of the row, and nothing of what it holds
   */
  public RowDamaged(String what) {
    super(what + " is not as it was written");
  }
}
