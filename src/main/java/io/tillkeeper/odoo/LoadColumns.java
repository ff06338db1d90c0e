package io.tillkeeper.odoo;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The table that {@code res.partner.load} takes: every cell a text, the way to read it in the name
 * of its column.
 *
 * @param fields the names of the columns
 * @param data the rows, each with a cell for every column
 */
record LoadColumns(List<String> fields, List<List<String>> data) {

  /**
   * Stands for no module that could ever be installed, or Odoo would delete the partners with it.
   */
  static final String EXTERNAL_ID_MODULE = "__tillkeeper__";

  static final String COUNTRY_MODULE = "base";

  private static final String BY_DATABASE_ID = "/.id";
  private static final String BY_EXTERNAL_ID = "/id";
  private static final String PLAIN = "";

  private static final String NOTHING = "";

  /**
   * The fields that are known to be a yes or no. In any other, false may also be what Odoo itself
   * says of an empty text: an empty cell is right for both.
   */
  private static final Set<String> FLAGS = Set.of("active", "employee", "is_company");

  /** The fields of a partner that refer to other records without their name saying so. */
  private static final Set<String> REFERRING = Set.of("title");

  LoadColumns {
    fields = List.copyOf(fields);
    data = data.stream().map(List::copyOf).toList();
  }

  /** Rows to create under the external ids of their refs. */
  static LoadColumns toCreate(List<NewPartner> partners) {
    return of(
        "id",
        partners.stream().map(p -> EXTERNAL_ID_MODULE + "." + externalName(p.ref())).toList(),
        partners.stream().map(NewPartner::values).toList());
  }

  /** Rows to write on the database ids of their partners. */
  static LoadColumns toUpdate(List<PartnerChange> changes) {
    return of(
        ".id",
        changes.stream().map(c -> Long.toString(c.id())).toList(),
        changes.stream().map(PartnerChange::values).toList());
  }

  /** The external id of a customer, without its module. */
  static String externalName(UUID ref) {
    return ref.toString();
  }

  /** The ref in an external id; empty when it is not one of Tillkeeper's. */
  static Optional<UUID> refOf(String externalId) {
    String prefix = EXTERNAL_ID_MODULE + ".";
    return externalId.startsWith(prefix)
        ? CustomerAddress.parseRef(externalId.substring(prefix.length()))
        : Optional.empty();
  }

  private static LoadColumns of(String key, List<String> keys, List<CustomerValues> rows) {
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("A call without rows");
    }
    SortedMap<String, String> columns = columns(rows);
    List<String> fields = new ArrayList<>();
    fields.add(key);
    columns.forEach((name, suffix) -> fields.add(name + suffix));
    List<List<String>> data = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      List<String> cells = new ArrayList<>();
      cells.add(keys.get(row));
      rows.get(row).fields().forEach((name, value) -> cells.add(cell(name, value)));
      data.add(cells);
    }
    return new LoadColumns(fields, data);
  }

  /** Field name to what its column adds to it, in the order of the names, as in every row. */
  private static SortedMap<String, String> columns(List<CustomerValues> rows) {
    Set<String> names = rows.getFirst().fields().keySet();
    SortedMap<String, String> columns = new TreeMap<>();
    for (String name : names) {
      columns.put(name, suffix(name, rows));
    }
    if (rows.stream().anyMatch(row -> !row.fields().keySet().equals(names))) {
      throw new IllegalArgumentException("The rows of one call have different fields");
    }
    return columns;
  }

  /** Rows that clear the field go along with whatever column the others need. */
  private static String suffix(String name, List<CustomerValues> rows) {
    Set<String> suffixes =
        rows.stream()
            .map(row -> row.fields().get(name))
            .filter(value -> value != null && !(value instanceof FieldValue.Empty))
            .map(LoadColumns::suffix)
            .collect(Collectors.toSet());
    return switch (suffixes.size()) {
      case 0 -> refers(name) ? BY_DATABASE_ID : PLAIN;
      case 1 -> suffixes.iterator().next();
      default ->
          throw new IllegalArgumentException(
              "The rows of one call give %s in different ways".formatted(name));
    };
  }

  private static String suffix(FieldValue value) {
    return switch (value) {
      case FieldValue.Text ignored -> PLAIN;
      case FieldValue.Flag ignored -> PLAIN;
      case FieldValue.Whole ignored -> PLAIN;
      case FieldValue.Decimal ignored -> PLAIN;
      case FieldValue.Empty ignored -> PLAIN;
      case FieldValue.Reference ignored -> BY_DATABASE_ID;
      case FieldValue.References ignored -> BY_DATABASE_ID;
      case FieldValue.Country ignored -> BY_EXTERNAL_ID;
    };
  }

  private static boolean refers(String name) {
    return name.endsWith("_id") || name.endsWith("_ids") || REFERRING.contains(name);
  }

  private static String cell(String name, FieldValue value) {
    return switch (value) {
      case FieldValue.Text(var text) -> name.equals("comment") ? markup(text) : text;
      case FieldValue.Flag(var yes) -> yes ? "1" : FLAGS.contains(name) ? "0" : NOTHING;
      case FieldValue.Whole(var number) -> Long.toString(number);
      case FieldValue.Decimal(var number) -> number.toPlainString();
      case FieldValue.Reference(var id) -> Long.toString(id);
      case FieldValue.References(var ids) ->
          ids.stream().map(id -> Long.toString(id)).collect(Collectors.joining(","));
      case FieldValue.Country(var code) -> COUNTRY_MODULE + "." + externalCountry(code);
      case FieldValue.Empty() -> NOTHING;
    };
  }

  /** Odoo names its countries by their code, save for one. */
  static String externalCountry(String isoCode) {
    String code = isoCode.toLowerCase(Locale.ROOT);
    return code.equals("gb") ? "uk" : code;
  }

  static String markup(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("\\R", "<br/>");
  }
}
