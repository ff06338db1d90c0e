package io.tillkeeper.customer;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is known of the fields of {@code res.partner} without asking Odoo. */
final class PartnerField {

  /** What a field takes. */
  enum Kind {
    /** One line of text. */
    LINE,
    /** Text with line breaks. */
    TEXT,
    FLAG,
    WHOLE,
    DECIMAL,
    REFERENCE,
    REFERENCES,
    COUNTRY,
    /** A field of another module or a custom one: taken by the type of the value. */
    UNKNOWN
  }

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

  private static final Map<String, Kind> KNOWN =
      Stream.of(
              named(
                  Kind.LINE,
                  "name barcode city company_name company_registry email function lang mobile phone ref street street2"
                      + " type tz vat website zip"),
              named(Kind.TEXT, "comment"),
              named(Kind.FLAG, "active employee is_company"),
              named(Kind.WHOLE, "color customer_rank supplier_rank"),
              named(Kind.DECIMAL, "credit_limit partner_latitude partner_longitude"),
              named(
                  Kind.REFERENCE,
                  "company_id industry_id parent_id property_product_pricelist state_id title user_id"),
              named(Kind.REFERENCES, "category_id"),
              named(Kind.COUNTRY, "country_id"))
          .flatMap(known -> known.entrySet().stream())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  /** Odoo computes or keeps these itself: giving one is a mistake at the till. */
  private static final Set<String> READ_ONLY =
      Set.of(
          ("__last_update commercial_company_name commercial_partner_id complete_name contact_address create_date"
                  + " create_uid display_name email_formatted email_normalized id is_public partner_share"
                  + " phone_sanitized phone_mobile_search self write_date write_uid")
              .split(" "));

  private static final Pattern READ_ONLY_FAMILY =
      Pattern.compile("(message|activity|rating|website_message)_.*");

  /**
   * Records that only point to a partner cannot be written through it in a way that can be
   * repeated.
   */
  private static final Pattern ONE_TO_MANY = Pattern.compile("(?!x_).*_ids");

  private static final Pattern PICTURE = Pattern.compile("(image|avatar)_.*");

  private PartnerField() {}

  private static Map<String, Kind> named(Kind kind, String names) {
    return Stream.of(names.split(" ")).collect(Collectors.toMap(name -> name, name -> kind));
  }

  /**
   * What the field takes.
   *
   * @throws InvalidCustomer when the name cannot be a field that a till may write
   */
  static Kind kindOf(String name) {
    var known = KNOWN.get(name);
    if (known != null) {
      return known;
    }
    var readOnly = READ_ONLY.contains(name);
    // before a name is repeated to anyone: it may be anything so far
    if (!readOnly && !NAME.matcher(name).matches()) {
      throw new InvalidCustomer(
          "values",
          "A field name is lower-case letters, digits and underscores, at most 63, and begins with a letter.");
    }
    if (readOnly || READ_ONLY_FAMILY.matcher(name).matches()) {
      throw new InvalidCustomer(
          name, "The field '" + name + "' is kept by Odoo itself and cannot be given.");
    }
    if (ONE_TO_MANY.matcher(name).matches() || PICTURE.matcher(name).matches()) {
      throw new InvalidCustomer(name, "The field '" + name + "' cannot be written from a till.");
    }
    if (name.endsWith("_ids")) {
      return Kind.REFERENCES;
    }
    return name.endsWith("_id") ? Kind.REFERENCE : Kind.UNKNOWN;
  }
}
