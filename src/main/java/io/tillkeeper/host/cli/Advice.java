package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** Which command settles a held operation. */
final class Advice {

  private Advice() {}

  static String on(JsonNode operation) {
    var id = operation.path("id").asText();
    return switch (operation.at("/held/reason").asText()) {
      case "conflict" -> conflict(id, operation);
      case "duplicate" -> duplicate(id, operation);
      case "missing" ->
          "tillkeeper resolve %s --create (brings it back), or tillkeeper discard %s --reason TEXT"
              .formatted(id, id);
      case "forbidden" ->
          "give the user of the key the right in Odoo, then tillkeeper retry --reason forbidden";
      default ->
          "tillkeeper retry %s --set %s=VALUE, or tillkeeper discard %s --reason TEXT"
              .formatted(id, field(operation), id);
    };
  }

  private static String conflict(String id, JsonNode operation) {
    var sides = new StringBuilder();
    operation
        .path("disputes")
        .forEach(
            dispute -> {
              if (dispute.path("decision").asText().equals("ask")) {
                sides.append(" --mine ").append(Output.plain(dispute.path("field").asText()));
              }
            });
    return "tillkeeper resolve %s%s (or --theirs)".formatted(id, sides);
  }

  private static String duplicate(String id, JsonNode operation) {
    var candidate = operation.at("/candidates/0/odooId").asText("NUMBER");
    return "tillkeeper resolve %s --link %s (it is that partner) or --create (somebody new)"
        .formatted(id, candidate);
  }

  private static String field(JsonNode operation) {
    var field = operation.at("/held/field").asText("");
    return field.isEmpty() ? "FIELD" : Output.plain(field);
  }
}
