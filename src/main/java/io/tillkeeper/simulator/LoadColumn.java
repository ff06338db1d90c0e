package io.tillkeeper.simulator;

import java.util.Map;

/** A column of {@code load}. */
sealed interface LoadColumn {

  /** The column {@code id}: an external id. */
  record Id() implements LoadColumn {}

  /** The column {@code .id}: a database id. */
  record DatabaseId() implements LoadColumn {}

  /** A field; {@code by} matters only when it leads to another record. */
  record Of(Field field, By by) implements LoadColumn {}

  /** How a cell names another record. */
  enum By {
    NAME("name"),
    EXTERNAL_ID("external id"),
    DATABASE_ID("database id");

    private final String words;

    By(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Reads the heading of a column, such as {@code country_id/.id}. */
  static LoadColumn parse(String heading, Map<String, Field> fields, OdooVersion version) {
    if (heading.equals("id")) {
      return new Id();
    }
    if (heading.equals(".id")) {
      return new DatabaseId();
    }
    int slash = heading.indexOf('/');
    Field field = fields.get(slash < 0 ? heading : heading.substring(0, slash));
    String rest = slash < 0 ? "" : heading.substring(slash + 1);
    boolean valid =
        field != null
            && (rest.isEmpty()
                || (field.relation() != null && (rest.equals("id") || rest.equals(".id"))));
    if (field == null || !valid) {
      throw version.atLeast(OdooVersion.V18)
          ? OdooError.value("Invalid field name '" + heading + "'")
          : OdooError.of("builtins.KeyError", heading);
    }
    return new Of(
        field,
        switch (rest) {
          case "id" -> By.EXTERNAL_ID;
          case ".id" -> By.DATABASE_ID;
          default -> By.NAME;
        });
  }

  /** The external id with its module; Odoo's own word stands in for a missing one. */
  static String qualified(String externalId) {
    return externalId.contains(".") ? externalId : "__import__." + externalId;
  }
}
