package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A call of a model's method.
 *
 * @param arguments by name, in the order in which the method declares them, from its first on: one
 *     protocol sends the names and the other the order
 * @param keywords arguments that the method takes by their name only
 * @param context Odoo's context for the call
 */
record OdooCall(
    String model, String method, ObjectNode arguments, ObjectNode keywords, ObjectNode context) {

  /** A call without keywords. */
  OdooCall(String model, String method, ObjectNode arguments, ObjectNode context) {
    this(model, method, arguments, JsonNodeFactory.instance.objectNode(), context);
  }
}
