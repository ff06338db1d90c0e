package io.tillkeeper.customer;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * How a till names a customer: by its {@code ref}, by the id that Odoo gave it, or by the negative
 * id that stands for one.
 */
public sealed interface CustomerAddress {

  /** A customer by the UUID it was given at the till. */
  record ByRef(UUID ref) implements CustomerAddress {}

  /**
   * A customer by its database id in Odoo, written {@code odoo:42}; or by the negative id that it
   * got here before Odoo had it, written {@code odoo:-7}.
   */
  record ByOdooId(long odooId) implements CustomerAddress {

    /** Whether the id was given here, and means nothing to Odoo. */
    public boolean isLocal() {
      return odooId < 0;
    }
  }

  /** Only the written-out form: {@link UUID#fromString} takes shortened ones too. */
  Pattern REF = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** A PostgreSQL integer above 0, or one of ours below. */
  Pattern ODOO_ID = Pattern.compile("odoo:(-?[1-9][0-9]{0,9})");

  /** Reads either form; empty when it is neither. */
  static Optional<CustomerAddress> parse(String text) {
    var odooId = ODOO_ID.matcher(text);
    if (odooId.matches()) {
      return byOdooId(Long.parseLong(odooId.group(1)));
    }
    return parseRef(text).map(ByRef::new);
  }

  /** The customer with this id; empty when it cannot be one. */
  static Optional<CustomerAddress> byOdooId(long id) {
    return id != 0 && id >= -Integer.MAX_VALUE && id <= Integer.MAX_VALUE
        ? Optional.of(new ByOdooId(id))
        : Optional.empty();
  }

  /** Reads a ref; empty when it is none. */
  static Optional<UUID> parseRef(String text) {
    return REF.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
  }
}
