package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * JSON may have half of a surrogate pair in a text, and UTF-8 may not: what Odoo's words are kept
 * with would be read from the disk and never be told to anyone again.
 */
final class WholeCharacters {

  private WholeCharacters() {}

  /** The same with a question mark in the place of each half. */
  static JsonNode of(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode whole = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(each -> whole.set(of(each.getKey()), of(each.getValue())));
        yield whole;
      }
      case ArrayNode list -> {
        ArrayNode whole = JsonNodeFactory.instance.arrayNode(list.size());
        list.forEach(each -> whole.add(of(each)));
        yield whole;
      }
      default -> node.isTextual() ? whole(node) : node;
    };
  }

  private static JsonNode whole(JsonNode text) {
    String whole = of(text.textValue());
    return whole.equals(text.textValue()) ? text : JsonNodeFactory.instance.textNode(whole);
  }

  private static String of(String text) {
    return text.chars().noneMatch(c -> Character.isSurrogate((char) c))
        ? text
        : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
