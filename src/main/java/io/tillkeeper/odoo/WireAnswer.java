package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What an HTTP exchange with Odoo can bring that is worth reading. Everything else is a {@link
 * LinkLost}.
 */
sealed interface WireAnswer {

  /** JSON, complete and well-formed, with the status it came with. */
  record Json(int status, JsonNode body) implements WireAnswer {}

  /**
   * A 404 that is a page and not JSON: the path is not there. Odoo says so too when it finds no
   * database for a path that needs one.
   */
  record NoSuchPage() implements WireAnswer {}

  /** The request is larger than the server, or a proxy before it, takes. */
  record RequestTooLarge() implements WireAnswer {}
}
