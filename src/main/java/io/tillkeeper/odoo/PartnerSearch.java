package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The search for the twins of a batch. */
final class PartnerSearch {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The last version that has a field for the mobile phone. */
  private static final int LAST_WITH_MOBILE = 18;

  private static final List<String> FIELDS =
      List.of(
          "name",
          "email",
          "email_normalized",
          "phone",
          "phone_sanitized",
          "vat",
          "barcode",
          "active",
          "is_company",
          "parent_id",
          "street",
          "zip",
          "city");

  /** So many partners are asked for at once. */
  static final int MOST = 2_000;

  /** More twins by one and the same value than anyone could look at. */
  static final int MOST_OF_ONE = 100;

  private PartnerSearch() {}

  static ObjectNode arguments(TwinKeys keys, String series) {
    var mobile = major(series) <= LAST_WITH_MOBILE;
    ObjectNode arguments = NODES.objectNode();
    arguments.set("domain", domain(keys, mobile));
    ArrayNode fields = arguments.putArray("fields");
    FIELDS.forEach(fields::add);
    if (mobile) {
      fields.add("mobile");
    }
    arguments.put("offset", 0);
    arguments.put("limit", MOST);
    return arguments;
  }

  /** What partners are searched by, which Odoo has to have. */
  static List<String> searched() {
    return List.of("vat", "barcode", "email_normalized", "phone_sanitized", "phone");
  }

  static int major(String series) {
    return Integer.parseInt(series.replaceFirst("^\\D*(\\d+).*", "$1"));
  }

  /** In Odoo's Polish notation: all the "or" first. */
  private static ArrayNode domain(TwinKeys keys, boolean mobile) {
    Map<String, Collection<String>> terms = new LinkedHashMap<>();
    terms.put("vat", keys.vats());
    terms.put("barcode", keys.barcodes());
    terms.put("email_normalized", keys.emails());
    terms.put("phone_sanitized", keys.phones());
    terms.put("phone", keys.phones());
    if (mobile) {
      terms.put("mobile", keys.phones());
    }
    terms.values().removeIf(Collection::isEmpty);
    ArrayNode domain = NODES.arrayNode();
    for (int or = 1; or < terms.size(); or++) {
      domain.add("|");
    }
    terms.forEach(
        (field, values) -> {
          ArrayNode wanted = domain.addArray().add(field).add("in").addArray();
          values.stream().sorted().forEach(wanted::add);
        });
    return domain;
  }
}
