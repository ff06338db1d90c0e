package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The values of {@code create} and {@code write}, from JSON to what a record holds. */
final class ApiValues {

  private final OdooVersion version;
  private final Map<String, Field> fields;
  private final long uid;

  ApiValues(OdooVersion version, long uid) {
    this.version = version;
    this.fields = Field.ofPartner(version);
    this.uid = uid;
  }

  /** The values by field; null empties a field. */
  Map<String, @Nullable Object> read(
      Transaction transaction, JsonNode values, @Nullable PartnerRow before) {
    Map<String, @Nullable Object> read = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : values.properties()) {
      Field field = fields.get(entry.getKey());
      if (field == null) {
        throw unknown(entry.getKey(), before == null);
      }
      if (!field.readonly()) {
        read.put(field.name(), convert(transaction, field, entry.getValue(), before));
      }
    }
    return read;
  }

  private @Nullable Object convert(
      Transaction transaction, Field field, JsonNode value, @Nullable PartnerRow before) {
    boolean empty = value.isNull() || (value.isBoolean() && !value.booleanValue());
    return switch (field.kind()) {
      case CHAR, DATETIME -> empty ? null : value.asText();
      case HTML -> empty ? null : html(value.asText());
      case BOOLEAN -> !Json.isFalsy(value);
      case INTEGER -> empty ? null : integer(value);
      case SELECTION -> empty ? null : selection(field, value.asText());
      case MANY2ONE -> Json.isFalsy(value) ? null : many2one(transaction, field, value);
      case MANY2MANY -> many2many(field, value, before);
    };
  }

  /** Plain text becomes a paragraph, as in Odoo's HTML fields. */
  static String html(String text) {
    return text.isEmpty() || text.startsWith("<") ? text : "<p>" + text + "</p>";
  }

  private static long integer(JsonNode value) {
    try {
      return Long.parseLong(value.asText());
    } catch (NumberFormatException notANumber) {
      throw OdooError.value("invalid literal for int() with base 10: '" + value.asText() + "'");
    }
  }

  private String selection(Field field, String code) {
    // Odoo 18 and 19 accept a language that is not installed, 16 does not
    boolean open = field.name().equals("lang") && version.atLeast(OdooVersion.V18);
    if (!open && !CellReader.choices(field).containsKey(code)) {
      throw OdooError.value("Wrong value for res.partner." + field.name() + ": '" + code + "'");
    }
    return code;
  }

  private long many2one(Transaction transaction, Field field, JsonNode value) {
    if (!value.canConvertToLong() || value.isFloatingPointNumber()) {
      throw OdooError.of(
          "psycopg2.errors.InvalidTextRepresentation",
          "invalid input syntax for type integer: \"" + value.asText() + "\"\n");
    }
    long id = value.longValue();
    if (!exists(transaction, field, id)) {
      throw OdooError.validation(
          version.atLeast(OdooVersion.V19)
              ? "The operation cannot be completed: Another model is using the record you are"
                  + " trying to delete.\n\nThe troublemaker is: 'Contact' (res.partner)\nThanks to"
                  + " the following constraint: '"
                  + field.label()
                  + "' ("
                  + field.name()
                  + ")\nHow about archiving the record instead?"
              : "The operation cannot be completed: another model requires the record being"
                  + " deleted. If possible, archive it instead.\n\nModel: Contact (res.partner)\n"
                  + "Constraint: res_partner_"
                  + field.name()
                  + "_fkey\n");
    }
    return id;
  }

  static boolean exists(Transaction transaction, Field field, long id) {
    if (Field.COUNTRY.equals(field.relation())) {
      return Reference.country(id).isPresent();
    }
    return Field.CATEGORY.equals(field.relation())
        ? Reference.CATEGORIES.containsKey(id)
        : transaction.row(id) != null;
  }

  /** Odoo's commands: 6 replaces all, 5 empties, 4 adds, 3 takes away; or plain ids. */
  private List<Long> many2many(Field field, JsonNode commands, @Nullable PartnerRow before) {
    Set<Long> ids = new LinkedHashSet<>();
    if (before != null && before.get(field.name()) instanceof List<?> list) {
      list.forEach(id -> ids.add((Long) id));
    }
    for (JsonNode command : commands) {
      if (!command.isArray()) {
        ids.add(category(command.asLong()));
        continue;
      }
      switch (command.path(0).asInt()) {
        case 3 -> ids.remove(command.path(1).asLong());
        case 4 -> ids.add(category(command.path(1).asLong()));
        case 5 -> ids.clear();
        case 6 -> {
          ids.clear();
          command.path(2).forEach(id -> ids.add(category(id.asLong())));
        }
        default -> throw OdooError.value("Wrong value for res.partner." + field.name());
      }
    }
    return new ArrayList<>(ids);
  }

  private long category(long id) {
    if (!Reference.CATEGORIES.containsKey(id)) {
      throw OdooError.missing(Field.CATEGORY, id, uid);
    }
    return id;
  }

  private OdooError unknown(String field, boolean creating) {
    if (!version.atLeast(OdooVersion.V19)) {
      return OdooError.value("Invalid field '" + field + "' on model 'res.partner'");
    }
    return creating
        ? OdooError.value("Invalid field '" + field + "' in 'res.partner'")
        : OdooError.of("builtins.KeyError", field);
  }
}
