package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A model call, whichever protocol it came by: all arguments by name, the context apart. */
record Call(Method method, ObjectNode arguments, JsonNode context) {

  String name() {
    return method.fullName();
  }

  JsonNode argument(String name) {
    return arguments.path(name);
  }
}
