package io.tillkeeper.queue;

import java.util.Locale;

/** Why an operation waits for a person. */
public enum HeldReason {
  /** Odoo refuses the values. */
  REJECTED,
  /** The till and the back office changed the same field differently. */
  CONFLICT,
  /** The customer seems to be in Odoo already. */
  DUPLICATE,
  /** The partner is no longer in Odoo. */
  MISSING,
  /** The user of the API key may not do this. */
  FORBIDDEN;

  /** The word for it in the API, in logs and on the disk. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
