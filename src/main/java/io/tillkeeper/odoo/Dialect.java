package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;

/** A way to call Odoo, logged in. Holds no state that changes. */
sealed interface Dialect permits Json2, JsonRpc {

  /**
   * @throws LinkLost when what comes back is not an answer of Odoo's
   */
  Answer call(OdooCall call);

  /** What Odoo answered. */
  sealed interface Answer {

    /** What the method returned. */
    record Result(JsonNode value) implements Answer {}

    /**
     * An exception in Odoo.
     *
     * @param name the name of its class, the only thing to decide by
     * @param message its text, in the language of Odoo's user
     */
    record Failure(String name, String message) implements Answer {}
  }
}
