package io.tillkeeper.odoo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How the renewal of the API key ended. Whichever it is, the file holds a key that works. */
public sealed interface KeyRenewal {

  /**
   * The new key is in its place.
   *
   * @param leftOver why the old key was not revoked, one sentence; null when it was
   */
  record Renewed(KeyPlace place, Instant endsAt, @Nullable String leftOver) implements KeyRenewal {}

  /** The old key stays in use, and is as good as before. */
  record Failed(Reason reason, String sentence, String hint) implements KeyRenewal {}

  /** What it failed by. */
  enum Reason {
    /** The key is where Tillkeeper does not write. */
    PLACE,
    /** The file cannot be written. */
    FILE,
    /** Odoo refuses. */
    ODOO,
    /** Odoo cannot be asked. */
    LINK
  }
}
