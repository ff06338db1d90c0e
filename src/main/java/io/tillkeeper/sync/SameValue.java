package io.tillkeeper.sync;

import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.customer.Normal;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;

/**
 * Whether two values of a field are the same to Odoo, which trims texts, keeps false for empty, and
 * does not care how a phone or a VAT number is spaced.
 */
final class SameValue {

  private static final Object NOTHING = List.of();

  private final Normal normal;
  private final Function<String, Object> countryIds;

  /**
   * @param countryIds from an ISO code to what a reference to that country is compared by: its
   *     database id
   */
  SameValue(Normal normal, Function<String, Object> countryIds) {
    this.normal = normal;
    this.countryIds = countryIds;
  }

  boolean same(String field, FieldValue one, FieldValue other) {
    return comparable(field, one).equals(comparable(field, other));
  }

  boolean isEmpty(FieldValue value) {
    return comparable("", value).equals(NOTHING);
  }

  private Object comparable(String field, FieldValue value) {
    return switch (value) {
      case FieldValue.Text text -> comparable(field, text.value());
      case FieldValue.Flag flag -> flag.value() ? Boolean.TRUE : NOTHING;
      case FieldValue.Whole whole -> number(BigDecimal.valueOf(whole.value()));
      case FieldValue.Decimal decimal -> number(decimal.value());
      case FieldValue.Reference reference -> reference.id();
      case FieldValue.References references -> references.ids();
      case FieldValue.Country country -> countryIds.apply(country.isoCode());
      case FieldValue.Empty empty -> NOTHING;
    };
  }

  private Object comparable(String field, String text) {
    var form =
        switch (field) {
          case "phone", "mobile" -> normal.phone(text);
          case "vat" -> Normal.vat(text);
          default -> text.strip().replaceAll("\\s+", " ");
        };
    // what has no normal form, such as a phone number without a digit, is compared as it is
    return form.isEmpty() ? (text.isBlank() ? NOTHING : text.strip()) : form;
  }

  private static Object number(BigDecimal number) {
    return number.signum() == 0 ? NOTHING : number.stripTrailingZeros();
  }
}
