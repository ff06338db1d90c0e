package io.tillkeeper.customer;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** How a till names a customer: by its {@code ref}, or by the id that Odoo gave it. */
public sealed interface CustomerAddress {

  /** A customer by the UUID it was given at the till. */
  record ByRef(UUID ref) implements CustomerAddress {}

  /** A customer by its database id in Odoo, written {@code odoo:42}. */
  record ByOdooId(long odooId) implements CustomerAddress {}

  /** Only the written-out form: {@link UUID#fromString} takes shortened ones too. */
  Pattern REF = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** A PostgreSQL integer above 0. */
  Pattern ODOO_ID = Pattern.compile("odoo:([1-9][0-9]{0,9})");

  /** Reads either form; empty when it is neither. */
  static Optional<CustomerAddress> parse(String text) {
    var odooId = ODOO_ID.matcher(text);
    if (odooId.matches()) {
      var id = Long.parseLong(odooId.group(1));
      return id <= Integer.MAX_VALUE ? Optional.of(new ByOdooId(id)) : Optional.empty();
    }
    return parseRef(text).map(ByRef::new);
  }

  /** Reads a ref; empty when it is none. */
  static Optional<UUID> parseRef(String text) {
    return REF.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
