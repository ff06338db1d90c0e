package io.tillkeeper.simulator;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A customer as the stand-in Odoo has it at one moment.
 *
 * @param values by field; a text, a Boolean, the id (a Long) of a many2one or the list of ids of a
 *     many2many; an empty field is not there
 * @param externalIds such as {@code module.name}
 */
public record Partner(
    long id, Map<String, Object> values, boolean active, Set<String> externalIds) {

  public Partner {
    values = Collections.unmodifiableMap(new TreeMap<>(values));
    externalIds = Set.copyOf(externalIds);
  }

  /** The value of a field, or null when it is empty. */
  public @Nullable Object value(String field) {
    return values.get(field);
  }

  /** Its name; the empty text when it has none. */
  public String name() {
    return values.get("name") instanceof String name ? name : "";
  }
}
