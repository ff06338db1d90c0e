package io.tillkeeper.odoo;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A call to Odoo got no answer of Odoo's. Nothing is known of what Odoo did: it may have done all
 * of it, or may still do it.
 */
public final class LinkLost extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final LinkCause cause;
  private final @Nullable Duration retryAfter;

  /**
   * @param cause why
   * @param detail for the technician's log: what was seen; never a customer's data, never a secret
   * @param origin the exception behind it, if there is one
   * @param retryAfter how long the other side asked to be left alone, if it did
   */
  public LinkLost(
      LinkCause cause, String detail, @Nullable Throwable origin, @Nullable Duration retryAfter) {
    super(detail, origin);
    this.cause = cause;
    this.retryAfter = retryAfter;
  }

  /** Why the link is lost. */
  public LinkCause linkCause() {
    return cause;
  }

  /** How long the other side asked to be left alone; null when it did not. */
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }
}
