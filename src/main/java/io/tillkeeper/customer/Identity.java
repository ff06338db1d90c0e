package io.tillkeeper.customer;

import java.util.Optional;
import java.util.Set;

/**
 * What tells customers apart when a number does not: an Odoo whose backup was restored gives the
 * numbers of those that it lost to others.
 */
public final class Identity {

  /** The names of the fields. */
  public static final Set<String> FIELDS = Set.of("name", "email", "phone", "vat");

  private final Normal normal;

  public Identity(Normal normal) {
    this.normal = normal;
  }

  /** How many of the fields say something. */
  public static long extent(CustomerValues values) {
    return FIELDS.stream().filter(field -> values.text(field).isPresent()).count();
  }

  /** Whether nothing that tells a customer apart is as it was; not if nothing is known of it. */
  public boolean isAnother(CustomerValues known, CustomerValues present) {
    return extent(known) > 0
        && FIELDS.stream()
            .noneMatch(
                field ->
                    form(field, known)
                        .filter(form -> form(field, present).filter(form::equals).isPresent())
                        .isPresent());
  }

  private Optional<String> form(String field, CustomerValues values) {
    return values
        .text(field)
        .map(
            text ->
                switch (field) {
                  case "email" -> Normal.email(text);
                  case "phone" -> normal.phone(text);
                  case "vat" -> Normal.vat(text);
                  default -> Normal.search(text);
                });
  }
}
