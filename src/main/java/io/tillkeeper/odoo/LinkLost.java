package io.tillkeeper.odoo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to Odoo got no answer of Odoo's. Nothing is known of what Odoo did: it may have done all
 * of it, or may still do it.
 */
public final class LinkLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Diagnosis diagnosis;
  private final @Nullable Duration retryAfter;

  /**
   * @param diagnosis why
   * @param seen for the technician's log: what was seen; never a customer's data, never a secret
   * @param origin the exception behind it, if there is one
   * @param retryAfter how long the other side asked to be left alone, if it did
   */
  public LinkLost(
      Diagnosis diagnosis, String seen, @Nullable Throwable origin, @Nullable Duration retryAfter) {
    super(seen, origin);
    this.diagnosis = diagnosis;
    this.retryAfter = retryAfter;
  }

  /** As above, where nothing is known beyond the cause. */
  public LinkLost(
      LinkCause cause, String seen, @Nullable Throwable origin, @Nullable Duration retryAfter) {
    this(Diagnosis.of(cause), seen, origin, retryAfter);
  }

  /** Why the link is lost. */
  public LinkCause linkCause() {
    return diagnosis.cause();
  }

  /** Why the link is lost, as exactly as it is known. */
  public Diagnosis diagnosis() {
    return diagnosis;
  }

  /** How long the other side asked to be left alone, an hour at most; null when it did not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
