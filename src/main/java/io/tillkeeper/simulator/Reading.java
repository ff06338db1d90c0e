package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Searching partners and showing them as Odoo does: false for what is empty. */
final class Reading {

  // the API shows whole seconds, PostgreSQL keeps more
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Setting setting;
  private final Transaction transaction;

  Reading(Setting setting, Transaction transaction) {
    this.setting = setting;
    this.transaction = transaction;
  }

  List<PartnerRow> search(Call call) {
    setting.rights().require(Right.READ);
    JsonNode domain = call.argument("domain");
    Stream<PartnerRow> found =
        transaction.allRows().stream()
            .filter(new Domain(setting).filter(domain, call.context()))
            .sorted(order(call.argument("order").asText("")))
            .skip(call.argument("offset").asLong(0));
    long limit = call.argument("limit").asLong(0);
    return (limit > 0 ? found.limit(limit) : found).toList();
  }

  /** The records with these fields; asking for all of them is refused in 19, as on a real one. */
  ArrayNode show(List<PartnerRow> rows, JsonNode wanted) {
    setting.rights().require(Right.READ);
    List<Field> fields = fields(wanted);
    ArrayNode shown = Json.array();
    for (PartnerRow row : rows) {
      ObjectNode record = shown.addObject().put("id", row.id());
      fields.forEach(field -> record.set(field.name(), value(row, field)));
    }
    return shown;
  }

  private List<Field> fields(JsonNode wanted) {
    if (Json.isFalsy(wanted)) {
      if (setting.version().atLeast(OdooVersion.V19)) {
        throw OdooError.access(
            "Failed to read field res.partner.rtc_session_ids\nYou are not allowed to access 'Mail"
                + " RTC session' (discuss.channel.rtc.session) records.");
      }
      return List.copyOf(setting.fields().values());
    }
    List<Field> fields = new ArrayList<>();
    for (JsonNode name : wanted) {
      Field field = setting.fields().get(name.asText());
      if (field == null) {
        String place = setting.version().atLeast(OdooVersion.V19) ? "on" : "on model";
        throw OdooError.value("Invalid field '" + name.asText() + "' " + place + " 'res.partner'");
      }
      fields.add(field);
    }
    return fields;
  }

  private JsonNode value(PartnerRow row, Field field) {
    if (field.kind() == Field.Kind.DATETIME) {
      return Json.tree(date(field.name().equals("create_date") ? row.created() : row.written()));
    }
    Object value = row.get(field.name());
    if (value == null) {
      boolean list = field.kind() == Field.Kind.MANY2MANY;
      boolean number = field.kind() == Field.Kind.INTEGER;
      return list ? Json.array() : Json.tree(number ? Integer.valueOf(0) : Boolean.FALSE);
    }
    return field.kind() == Field.Kind.MANY2ONE && value instanceof Long id
        ? Json.array().add(id).add(nameOf(field, id))
        : Json.tree(value);
  }

  private String nameOf(Field field, long id) {
    if (Field.COUNTRY.equals(field.relation())) {
      return Reference.country(id).map(Reference.Country::name).orElse("");
    }
    PartnerRow row = transaction.row(id);
    String name = row == null ? null : row.text("name");
    return name == null ? "" : name;
  }

  static String date(Instant instant) {
    return DATE.format(instant);
  }

  /** Such as {@code write_date asc, id desc}; by id when nothing is said. */
  private Comparator<PartnerRow> order(String order) {
    Comparator<PartnerRow> comparator = (a, b) -> 0;
    for (String part : order.isBlank() ? new String[0] : order.split(",")) {
      String[] words = part.strip().split("\\s+");
      Field field = setting.fields().get(words[0]);
      if (field == null) {
        throw OdooError.value("Invalid field '" + words[0] + "' on 'res.partner'");
      }
      Comparator<PartnerRow> next = Comparator.comparing(row -> sortKey(row, field));
      boolean down = words.length > 1 && words[1].equalsIgnoreCase("desc");
      comparator = comparator.thenComparing(down ? next.reversed() : next);
    }
    return comparator.thenComparing(PartnerRow::id);
  }

  private static String sortKey(PartnerRow row, Field field) {
    return switch (field.name()) {
      case "create_date" -> row.created().toString();
      case "write_date", "__last_update" -> row.written().toString();
      default ->
          row.get(field.name()) instanceof Long number
              ? String.format(Locale.ROOT, "%019d", number)
              : String.valueOf(row.get(field.name()));
    };
  }
}
