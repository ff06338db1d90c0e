package io.tillkeeper.simulator;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a fresh Odoo brings along: some countries, the installed languages, some tags. */
final class Reference {

  /**
   * A country.
   *
   * @param xmlId its external id without the module {@code base}
   */
  record Country(long id, String xmlId, String name, String callingCode) {}

  /** Ids as in a real database; the United Kingdom is {@code base.uk}, not {@code base.gb}. */
  static final List<Country> COUNTRIES =
      List.of(
          new Country(12, "at", "Austria", "43"),
          new Country(20, "be", "Belgium", "32"),
          new Country(38, "ca", "Canada", "1"),
          new Country(43, "ch", "Switzerland", "41"),
          new Country(57, "de", "Germany", "49"),
          new Country(68, "es", "Spain", "34"),
          new Country(75, "fr", "France", "33"),
          new Country(101, "ie", "Ireland", "353"),
          new Country(109, "it", "Italy", "39"),
          new Country(133, "lu", "Luxembourg", "352"),
          new Country(165, "nl", "Netherlands", "31"),
          new Country(183, "pt", "Portugal", "351"),
          new Country(231, "uk", "United Kingdom", "44"),
          new Country(233, "us", "United States", "1"));

  /** Installed languages: code and name. */
  static final Map<String, String> LANGUAGES =
      Map.of("en_US", "English (US)", "fr_FR", "French / Français");

  /** Address types: code and name. */
  static final Map<String, String> TYPES =
      Map.of(
          "contact", "Contact",
          "invoice", "Invoice Address",
          "delivery", "Delivery Address",
          "other", "Other Address");

  /** Tags: id and name; {@code base.res_partner_category_ID} is the external id. */
  static final Map<Long, String> CATEGORIES =
      Map.of(1L, "Regular", 2L, "Member", 3L, "Staff", 4L, "Prospect");

  private static final String CATEGORY_XML_ID = "base.res_partner_category_";

  private Reference() {}

  static Optional<Country> country(long id) {
    return COUNTRIES.stream().filter(country -> country.id() == id).findFirst();
  }

  /** The record of another model than partner that has this external id. */
  static Optional<Target> byExternalId(String externalId) {
    for (Country country : COUNTRIES) {
      if (externalId.equals("base." + country.xmlId())) {
        return Optional.of(new Target(Field.COUNTRY, country.id()));
      }
    }
    return CATEGORIES.keySet().stream()
        .filter(id -> externalId.equals(CATEGORY_XML_ID + id))
        .map(id -> new Target(Field.CATEGORY, id))
        .findFirst();
  }

  /** A record of some model. */
  record Target(String model, long id) {}
}
