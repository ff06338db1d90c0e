package io.tillkeeper.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A field of {@code res.partner}.
 *
 * @param label what Odoo calls it in messages
 * @param relation the model it leads to, when it leads to one
 * @param readonly computed or kept by Odoo itself: ignored when written
 */
record Field(String name, Kind kind, String label, @Nullable String relation, boolean readonly) {

  enum Kind {
    CHAR,
    HTML,
    BOOLEAN,
    INTEGER,
    SELECTION,
    DATETIME,
    MANY2ONE,
    MANY2MANY
  }

  static final String COUNTRY = "res.country";
  static final String PARTNER = "res.partner";
  static final String CATEGORY = "res.partner.category";

  /** The fields of this version that a point of sale could meet, by name. */
  static Map<String, Field> ofPartner(OdooVersion version) {
    Map<String, Field> fields = new LinkedHashMap<>();
    add(fields, "id", Kind.INTEGER, "ID", null, true);
    add(fields, "display_name", Kind.CHAR, "Display Name", null, true);
    add(fields, "name", Kind.CHAR, "Name", null, false);
    for (String name : List.of("email", "phone", "street", "street2", "zip", "city", "website")) {
      add(fields, name, Kind.CHAR, label(name), null, false);
    }
    if (!version.atLeast(OdooVersion.V19)) {
      add(fields, "mobile", Kind.CHAR, "Mobile", null, false);
    }
    add(fields, "vat", Kind.CHAR, "Tax ID", null, false);
    add(fields, "ref", Kind.CHAR, "Reference", null, false);
    add(fields, "barcode", Kind.CHAR, "Barcode", null, false);
    add(fields, "company_registry", Kind.CHAR, "Company ID", null, false);
    add(fields, "function", Kind.CHAR, "Job Position", null, false);
    add(fields, "comment", Kind.HTML, "Notes", null, false);
    add(fields, "email_normalized", Kind.CHAR, "Normalized Email", null, true);
    add(fields, "phone_sanitized", Kind.CHAR, "Sanitized Number", null, true);
    add(fields, "is_company", Kind.BOOLEAN, "Is a Company", null, false);
    add(fields, "active", Kind.BOOLEAN, "Active", null, false);
    add(fields, "color", Kind.INTEGER, "Color Index", null, false);
    add(fields, "lang", Kind.SELECTION, "Language", null, false);
    add(fields, "type", Kind.SELECTION, "Address Type", null, false);
    add(fields, "country_id", Kind.MANY2ONE, "Country", COUNTRY, false);
    add(fields, "parent_id", Kind.MANY2ONE, "Related Company", PARTNER, false);
    add(fields, "category_id", Kind.MANY2MANY, "Tags", CATEGORY, false);
    add(fields, "create_date", Kind.DATETIME, "Created on", null, true);
    add(fields, "write_date", Kind.DATETIME, "Last Updated on", null, true);
    if (!version.atLeast(OdooVersion.V18)) {
      add(fields, "__last_update", Kind.DATETIME, "Last Modified on", null, true);
    }
    return Map.copyOf(fields);
  }

  private static void add(
      Map<String, Field> fields,
      String name,
      Kind kind,
      String label,
      @Nullable String relation,
      boolean readonly) {
    fields.put(name, new Field(name, kind, label, relation, readonly));
  }

  private static String label(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }
}
