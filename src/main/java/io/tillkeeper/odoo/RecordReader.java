package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads records as Odoo returns them: false for empty, a pair for a many2one, a list of ids for a
 * many2many.
 */
final class RecordReader {

  private static final Pattern LINE_END =
      Pattern.compile("(?i)<br\\s*/?>|</(p|div|li|h[1-6]|tr)>\\s*(?=<|\\S)");

  /** Without a "<" within it, or a text of nothing else would be read again from each of them. */
  private static final Pattern TAG = Pattern.compile("<[^<>]*>");

  private RecordReader() {}

  static List<PartnerRecord> read(JsonNode records) {
    if (!records.isArray()) {
      throw WireReader.notOdoo("A reading that is no list");
    }
    List<PartnerRecord> partners = new ArrayList<>();
    for (JsonNode each : records) {
      long id = WireReader.id(each.path("id"), "A record without an id");
      partners.add(new PartnerRecord(id, values(each)));
    }
    return partners;
  }

  private static CustomerValues values(JsonNode json) {
    TreeMap<String, FieldValue> fields = new TreeMap<>();
    json.properties().stream()
        .filter(property -> !property.getKey().equals("id"))
        .forEach(
            property ->
                fields.put(property.getKey(), value(property.getKey(), property.getValue())));
    return new CustomerValues(fields);
  }

  private static FieldValue value(String field, JsonNode json) {
    if (json.isTextual()) {
      String text = field.equals("comment") ? text(json.textValue()) : json.textValue();
      return text.isEmpty() ? new FieldValue.Empty() : new FieldValue.Text(text);
    }
    if (json.isBoolean()) {
      return json.booleanValue() ? new FieldValue.Flag(true) : new FieldValue.Empty();
    }
    if (json.isIntegralNumber() && json.canConvertToLong()) {
      return new FieldValue.Whole(json.longValue());
    }
    if (json.isNumber()) {
      return new FieldValue.Decimal(decimal(json));
    }
    if (json.isArray()) {
      return referring(json);
    }
    return new FieldValue.Empty();
  }

  /** What is beyond all that a floating-point number can be comes as an infinite one. */
  private static BigDecimal decimal(JsonNode number) {
    if (number.isDouble() && !Double.isFinite(number.doubleValue())) {
      throw WireReader.notOdoo("A number that no field can hold");
    }
    return number.decimalValue();
  }

  /** A list of something else than ids is nothing that a till could have written. */
  private static FieldValue referring(JsonNode json) {
    if (json.size() == 2 && WireReader.isId(json.path(0)) && json.path(1).isTextual()) {
      return new FieldValue.Reference(json.path(0).longValue());
    }
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : json) {
      if (!WireReader.isId(id)) {
        return new FieldValue.Empty();
      }
      ids.add(id.longValue());
    }
    return new FieldValue.References(ids);
  }

  /** The text of what is markup in Odoo. */
  private static String text(String markup) {
    String lines = LINE_END.matcher(markup).replaceAll("\n");
    return TAG.matcher(lines)
        .replaceAll("")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&")
        .strip();
  }
}
