package io.tillkeeper.simulator;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One version of one record of {@code res.partner}; an empty field is not in the map.
 *
 * @param values by field: String, Boolean, Long (also a many2one) or a list of ids (a many2many)
 * @param ofUser whether an active user is behind it, so that it cannot go
 */
record PartnerRow(
    long id, Map<String, Object> values, boolean ofUser, Instant created, Instant written) {

  private static final Pattern ADDRESS = Pattern.compile("[^<>\\s,;]+@[^<>\\s,;]+");
  private static final Pattern NOT_DIALLED = Pattern.compile("[^0-9+]");
  private static final Pattern INTERNATIONAL = Pattern.compile("\\+[0-9]{7,15}");
  private static final Pattern NATIONAL = Pattern.compile("0?([0-9]{6,12})");

  PartnerRow {
    values = Map.copyOf(values);
  }

  @Nullable Object get(String field) {
    return switch (field) {
      case "id" -> id;
      case "display_name" -> text("name");
      case "email_normalized" -> normalizedEmail().orElse(null);
      case "phone_sanitized" -> sanitizedPhone().orElse(null);
      default -> values.get(field);
    };
  }

  @Nullable String text(String field) {
    return values.get(field) instanceof String text ? text : null;
  }

  boolean active() {
    return Boolean.TRUE.equals(values.get("active"));
  }

  /** Where a many2one leads to, 0 when it is empty. */
  long target(String field) {
    return values.get(field) instanceof Long target ? target : 0;
  }

  PartnerRow with(Map<String, @Nullable Object> changes, Instant now) {
    Map<String, Object> changed = new HashMap<>(values);
    changes.forEach(
        (field, value) -> {
          if (value == null || value.equals(List.of())) {
            changed.remove(field);
          } else {
            changed.put(field, value);
          }
        });
    return new PartnerRow(id, changed, ofUser, created, now);
  }

  /** The one address in the e-mail field, in lower case; nothing when there are several. */
  private Optional<String> normalizedEmail() {
    String email = text("email");
    if (email == null) {
      return Optional.empty();
    }
    List<String> found =
        ADDRESS.matcher(email).results().map(result -> result.group()).limit(2).toList();
    return found.size() == 1
        ? Optional.of(found.getFirst().toLowerCase(Locale.ROOT))
        : Optional.empty();
  }

  /** The number as E.164, by a rule of thumb: Odoo uses a library that knows every country. */
  private Optional<String> sanitizedPhone() {
    String phone = text("phone");
    if (phone == null) {
      return Optional.empty();
    }
    String dialled = NOT_DIALLED.matcher(phone).replaceAll("");
    String digits = dialled.startsWith("00") ? "+" + dialled.substring(2) : dialled;
    Matcher national = NATIONAL.matcher(digits);
    if (INTERNATIONAL.matcher(digits).matches()) {
      return Optional.of(digits);
    }
    return national.matches()
        ? Reference.country(target("country_id"))
            .map(country -> "+" + country.callingCode() + national.group(1))
        : Optional.empty();
  }
}
