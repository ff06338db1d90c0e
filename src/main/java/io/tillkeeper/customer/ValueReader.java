package io.tillkeeper.customer;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads one field as it came in JSON, and refuses what Odoo would refuse hours later. */
final class ValueReader {

  /** Far above any real value; Odoo itself sets no limit on most text fields. */
  static final int LONGEST_LINE = 1_000;

  static final int LONGEST_TEXT = 100_000;

  private static final int MOST_REFERENCES = 1_000;

  private static final int MOST_DIGITS = 30;

  /** Odoo's ids are PostgreSQL integers. */
  private static final long LARGEST_ID = Integer.MAX_VALUE;

  private static final Set<String> COUNTRIES = countries();

  private ValueReader() {}

  private static Set<String> countries() {
    var codes = new TreeSet<>(Set.of(Locale.getISOCountries()));
    codes.add("XK"); // Kosovo: user-assigned, so not in ISO's list, but in Odoo's
    return codes;
  }

  /** Reads what Jackson makes of JSON: String, Boolean, Number, List, Map or null. */
  static FieldValue read(String field, @Nullable Object json) {
    var kind = PartnerField.kindOf(field);
    if (json == null || json.equals("")) {
      return new FieldValue.Empty();
    }
    return switch (kind) {
      case LINE -> emptyOnFalse(json) ? new FieldValue.Empty() : line(field, json);
      case TEXT -> emptyOnFalse(json) ? new FieldValue.Empty() : text(field, json);
      case FLAG -> flag(field, json);
      case WHOLE -> new FieldValue.Whole(whole(field, json));
      case DECIMAL -> new FieldValue.Decimal(decimal(field, json));
      case REFERENCE -> emptyOnFalse(json) ? new FieldValue.Empty() : reference(field, json);
      case REFERENCES -> emptyOnFalse(json) ? new FieldValue.Empty() : references(field, json);
      case COUNTRY -> emptyOnFalse(json) ? new FieldValue.Empty() : country(field, json);
      case UNKNOWN -> byType(field, json);
    };
  }

  /** Odoo says false where nothing is in a field, and a till may hand that back. */
  private static boolean emptyOnFalse(Object json) {
    return json.equals(false);
  }

  private static FieldValue byType(String field, Object json) {
    return switch (json) {
      case String text -> text(field, text);
      case Boolean flag -> new FieldValue.Flag(flag);
      case Integer number -> new FieldValue.Whole(number);
      case Long number -> new FieldValue.Whole(number);
      case Number number -> new FieldValue.Decimal(decimal(field, number));
      case List<?> list -> references(field, list);
      default -> throw wrong(field, "text, a number, true or false, or a list of ids");
    };
  }

  private static FieldValue line(String field, Object json) {
    if (!(json instanceof String value)) {
      throw wrong(field, "text");
    }
    Characters.check(field, value, LONGEST_LINE, false);
    return new FieldValue.Text(value);
  }

  private static FieldValue text(String field, Object json) {
    if (!(json instanceof String value)) {
      throw wrong(field, "text");
    }
    Characters.check(field, value, LONGEST_TEXT, true);
    return new FieldValue.Text(value);
  }

  private static FieldValue flag(String field, Object json) {
    if (json instanceof Boolean value) {
      return new FieldValue.Flag(value);
    }
    throw wrong(field, "true or false");
  }

  private static long whole(String field, Object json) {
    if (json instanceof Integer || json instanceof Long) {
      var number = ((Number) json).longValue();
      if (number >= -LARGEST_ID && number <= LARGEST_ID) {
        return number;
      }
    }
    throw wrong(field, "a whole number of at most " + LARGEST_ID);
  }

  private static BigDecimal decimal(String field, Object json) {
    var number =
        switch (json) {
          case Integer value -> BigDecimal.valueOf(value);
          case Long value -> BigDecimal.valueOf(value);
          case BigInteger value -> new BigDecimal(value);
          case BigDecimal value -> value;
          case Double value when Double.isFinite(value) -> BigDecimal.valueOf(value);
          default -> throw wrong(field, "a number");
        };
    if (number.precision() > MOST_DIGITS
        || number.scale() > MOST_DIGITS
        || number.scale() < -MOST_DIGITS) {
      throw wrong(field, "a number of at most " + MOST_DIGITS + " digits");
    }
    return number;
  }

  private static long id(String field, Object json) {
    if (json instanceof Integer || json instanceof Long) {
      var id = ((Number) json).longValue();
      if (id > 0 && id <= LARGEST_ID) {
        return id;
      }
    }
    throw wrong(field, "a database id of Odoo, a whole number above 0");
  }

  private static FieldValue reference(String field, Object json) {
    return new FieldValue.Reference(id(field, json));
  }

  private static FieldValue references(String field, Object json) {
    if (!(json instanceof List<?> list) || list.size() > MOST_REFERENCES) {
      throw wrong(field, "a list of at most " + MOST_REFERENCES + " database ids of Odoo");
    }
    return new FieldValue.References(
        list.stream().map(each -> id(field, each == null ? "" : each)).toList());
  }

  private static FieldValue country(String field, Object json) {
    if (!(json instanceof String code)) {
      return reference(field, json);
    }
    var upper = code.toUpperCase(Locale.ROOT);
    // the upper case of other letters may be these too, as that of ß is SS, South Sudan
    if (!COUNTRIES.contains(upper) || code.chars().anyMatch(c -> c > 'z')) {
      throw wrong(field, "a database id of Odoo or an ISO 3166 country code of two letters");
    }
    return new FieldValue.Country(upper);
  }

  private static InvalidCustomer wrong(String field, String expected) {
    return new InvalidCustomer(field, "The field '" + field + "' takes " + expected + ".");
  }
}
