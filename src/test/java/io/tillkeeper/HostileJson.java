package io.tillkeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Makes JSON, and what only looks like it, that no well-meaning program writes. */
public final class HostileJson {

  /** In many of the texts, to be looked for where no text of a customer may be. */
  public static final String CANARY = "Zq7canary";

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-0",
          "-1",
          "-1.5",
          "0.1e1",
          "1.0",
          "2147483647",
          "2147483648",
          "4294967297",
          "9007199254740993",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775809",
          "18446744073709551617",
          "1e40",
          "1e400",
          "-1e999",
          "1e-999",
          "1e99999999",
          "1e999999999",
          "1E2147483648",
          "1".repeat(999),
          "9".repeat(1_100),
          "0." + "3".repeat(900),
          "0123",
          "+1",
          ".5",
          "1.",
          "0x10",
          "NaN",
          "-Infinity",
          "1_000");

  /** As they stand between the quotes. */
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          CANARY,
          CANARY + "\\r\\n2026-01-01 00:00:00 ERROR " + CANARY,
          CANARY + "\\u0000" + CANARY,
          "\\u0000",
          "\\ud800",
          "\\udc00\\ud800" + CANARY,
          CANARY + "\\udfff",
          "\ud83d\ude00" + CANARY,
          "\\ud83d\\ude00",
          "\u202e" + CANARY + "\u2066",
          "\\u2028" + CANARY + "\\u0085",
          "\ufeff" + CANARY,
          "\u200b\u200d",
          "e\u0301\u0301\u0301",
          "\u001b[31m" + CANARY,
          "\\u001b]0;" + CANARY + "\\u0007",
          "raw\nline " + CANARY,
          "\\x41",
          "\\u12",
          "<script>alert('" + CANARY + "')</script>",
          "'; DROP TABLE operation; --" + CANARY,
          "${jndi:ldap://127.0.0.1:9/" + CANARY + "}",
          "${quarkus.datasource.username}" + CANARY,
          "%s%n%x%d" + CANARY,
          "../../../../etc/passwd",
          "true",
          "null",
          "1",
          "1e999",
          "odoo:1",
          "odoo:-1",
          "odoo:99999999999999999999",
          "00000000-0000-0000-0000-000000000000",
          "11111111-2222-4333-8444-555555555555",
          "A".repeat(101) + CANARY,
          "B".repeat(1_001) + CANARY,
          "<".repeat(3_000),
          "é".repeat(40_000));

  private static final List<String> NAMES =
      List.of(
          "",
          "id",
          "name",
          "values",
          "__proto__",
          "@class",
          "@type",
          "$ref",
          CANARY,
          "na\\u006de",
          "\\u0000",
          "\\ud800",
          "constructor",
          "parentRef",
          "comment",
          "country_id",
          "category_id",
          "x_" + "y".repeat(70));

  private final Random random;

  public HostileJson(Random random) {
    this.random = random;
  }

  /** One of these. */
  public <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** True so many times in a hundred. */
  public boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  /** A value that is out of place nearly everywhere. */
  public JsonNode value() {
    return switch (random.nextInt(12)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2, 3, 4 -> raw(one(NUMBERS));
      case 5, 6, 7, 8 -> raw('"' + one(TEXTS) + '"');
      case 9 -> raw(nested());
      case 10 -> list();
      default -> object();
    };
  }

  /** A text, as it stands between the quotes of JSON. */
  public String text() {
    return one(TEXTS);
  }

  private static JsonNode raw(String json) {
    return new POJONode(new RawValue(json));
  }

  private String nested() {
    var depth = one(List.of(3, 50, 400, 900, 990, 999, 1_000, 1_001, 5_000));
    return chance(50)
        ? "[".repeat(depth) + "]".repeat(depth)
        : "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
  }

  private JsonNode list() {
    var list = NODES.arrayNode();
    var size = one(List.of(0, 1, 2, 3, 1_001, 5_000));
    var member = size > 3 ? NODES.numberNode(7) : value();
    for (var i = 0; i < size; i++) {
      list.add(member);
    }
    return list;
  }

  private JsonNode object() {
    var object = NODES.objectNode();
    var size = one(List.of(0, 1, 2, 3, 250));
    for (var i = 0; i < size; i++) {
      object.set(size > 3 ? "x_field_" + i : one(NAMES), size > 3 ? NODES.numberNode(i) : value());
    }
    return object;
  }

  /** The same JSON with a few things wrong in it. */
  public String mutated(JsonNode original) {
    var holder = NODES.arrayNode().add(original.deepCopy());
    for (var i = 1 + random.nextInt(3); i > 0; i--) {
      mutate(one(containers(holder)));
    }
    var text = write(holder.get(0));
    return chance(12) ? damaged(text) : text;
  }

  private static List<JsonNode> containers(JsonNode within) {
    var found = new ArrayList<JsonNode>();
    if (within.isContainerNode() && !within.isEmpty()) {
      found.add(within);
      within.forEach(each -> found.addAll(containers(each)));
    }
    return found;
  }

  private void mutate(JsonNode container) {
    switch (container) {
      case ArrayNode list -> mutate(list);
      case ObjectNode object -> mutate(object);
      default -> throw new IllegalStateException("no container: " + container.getNodeType());
    }
  }

  private void mutate(ArrayNode list) {
    var at = random.nextInt(list.size());
    switch (random.nextInt(list.size() == 1 ? 2 : 5)) {
      case 0, 1 -> list.set(at, value());
      case 2 -> list.add(list.get(at));
      case 3 -> list.remove(at);
      default -> {
        var other = random.nextInt(list.size());
        var moved = list.get(at);
        list.set(at, list.get(other));
        list.set(other, moved);
      }
    }
  }

  private void mutate(ObjectNode object) {
    var names = List.copyOf(object.properties().stream().map(each -> each.getKey()).toList());
    var name = one(names);
    switch (random.nextInt(6)) {
      case 0, 1, 2 -> object.set(name, value());
      case 3 -> object.remove(name);
      case 4 -> object.set(one(NAMES), chance(50) ? object.get(name) : value());
      default -> {
        var other = one(names);
        var moved = object.get(name);
        object.set(name, object.get(other));
        object.set(other, moved);
      }
    }
  }

  /** Unlike Jackson's it may name a property twice, and writes what is in raw values as it is. */
  private String write(JsonNode node) {
    var twice = chance(8);
    var out = new StringBuilder();
    write(node, twice, out);
    return out.toString();
  }

  private void write(JsonNode node, boolean twice, StringBuilder out) {
    switch (node) {
      case ArrayNode list -> {
        out.append('[');
        join(List.copyOf(toList(list)), each -> plain(each, twice), out);
        out.append(']');
      }
      case ObjectNode object -> {
        out.append('{');
        var properties = new ArrayList<>(object.properties());
        if (twice && !properties.isEmpty() && chance(50)) {
          properties.add(one(properties));
        }
        join(
            properties,
            each -> '"' + name(each.getKey()) + "\":" + plain(each.getValue(), twice),
            out);
        out.append('}');
      }
      case POJONode raw -> out.append(((RawValue) raw.getPojo()).rawValue());
      default -> out.append(node);
    }
  }

  private static List<JsonNode> toList(ArrayNode list) {
    var members = new ArrayList<JsonNode>();
    list.forEach(members::add);
    return members;
  }

  /** The odd names are as they stand between the quotes already. */
  private static String name(String name) {
    return NAMES.contains(name) ? name : name.replace("\"", "\\\"");
  }

  private String plain(JsonNode node, boolean twice) {
    var out = new StringBuilder();
    write(node, twice, out);
    return out.toString();
  }

  private static <T> void join(List<T> parts, Function<T, String> text, StringBuilder out) {
    for (var i = 0; i < parts.size(); i++) {
      out.append(i == 0 ? "" : ",").append(text.apply(parts.get(i)));
    }
  }

  /** No JSON any more, or hardly. */
  private String damaged(String json) {
    if (json.isEmpty()) {
      return json;
    }
    var at = random.nextInt(json.length());
    return switch (random.nextInt(8)) {
      case 0 -> json.substring(0, at);
      case 1 -> json.substring(at);
      case 2 -> json + json;
      case 3 -> json + " ,";
      case 4 -> "/* " + CANARY + " */" + json;
      case 5 -> json.replace('"', '\'');
      case 6 -> json.substring(0, at) + CANARY + json.substring(at);
      default -> json.substring(0, at) + json.substring(Math.min(json.length(), at + 1));
    };
  }
}
