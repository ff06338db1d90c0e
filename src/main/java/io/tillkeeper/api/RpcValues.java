package io.tillkeeper.api;

import io.tillkeeper.customer.InvalidCustomer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Turns the values of Odoo's own calls into those that this daemon takes, where the two differ.
 *
 * <p>Dropped is only what says nothing: an empty list of commands, and that a customer who never
 * had a picture has none.
 */
final class RpcValues {

  private static final Pattern PICTURE = Pattern.compile("image_[0-9]{1,4}");
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[1-9][0-9]{0,9}");

  /** Many2one fields whose name does not say so. */
  private static final Set<String> MANY_TO_ONE = Set.of("property_product_pricelist", "title");

  private RpcValues() {}

  /** The values of one call as {@link AcceptanceReader} takes them. */
  static Map<String, @Nullable Object> plain(RpcCall.Method method, RpcCall.Change change) {
    // the POS of Odoo 16 and 17 sends the whole form, whether it is a new customer or not
    var form = change.isNew() || method == RpcCall.Method.CREATE_FROM_UI;
    var plain = new LinkedHashMap<String, @Nullable Object>();
    change
        .values()
        .forEach(
            (field, value) -> {
              if (!saysNothing(field, value, form)) {
                plain.put(field, plain(field, value, change.isNew()));
              }
            });
    return plain;
  }

  private static boolean saysNothing(String field, @Nullable Object value, boolean form) {
    if (field.endsWith("_ids") || field.equals("category_id")) {
      return value instanceof List<?> commands && commands.isEmpty();
    }
    return form
        && PICTURE.matcher(field).matches()
        && (value == null || value.equals(false) || value.equals(""));
  }

  private static @Nullable Object plain(String field, @Nullable Object value, boolean isNew) {
    return switch (value) {
      case String text when refers(field) && WHOLE_NUMBER.matcher(text).matches() ->
          Long.valueOf(text);
      // any other name is refused further on, without repeating it to anyone
      case List<?> list
          when !list.isEmpty()
              && list.getFirst() instanceof List<?>
              && NAME.matcher(field).matches() ->
          ids(field, list, isNew);
      case null -> null;
      default -> value;
    };
  }

  private static boolean refers(String field) {
    return field.endsWith("_id") || MANY_TO_ONE.contains(field);
  }

  /**
   * What a list of x2many commands comes to. Adding or removing a single one can only be told when
   * it is known what was there: nothing for a new customer, or what an earlier command has set.
   */
  private static List<Long> ids(String field, List<?> commands, boolean isNew) {
    var ids = isNew ? new TreeSet<Long>() : null;
    for (var each : commands) {
      if (!(each instanceof List<?> command)
          || command.isEmpty()
          || !(command.getFirst() instanceof Integer code)) {
        throw unreadable(field);
      }
      switch (code) {
        case 5 -> ids = new TreeSet<>();
        case 6 -> ids = all(field, command);
        case 3, 4 -> {
          if (ids == null) {
            throw new InvalidCustomer(
                field,
                "What the field '"
                    + field
                    + "' had before is not known here, so that nothing can be added to it or removed"
                    + " from it; give all of it, as [[6, 0, [...]]].");
          }
          var id = id(field, command.size() > 1 ? command.get(1) : null);
          if (code == 4) {
            ids.add(id);
          } else {
            ids.remove(id);
          }
        }
        default -> throw unreadable(field);
      }
    }
    return ids == null ? List.of() : List.copyOf(ids);
  }

  private static TreeSet<Long> all(String field, List<?> command) {
    if (command.size() != 3 || !(command.get(2) instanceof List<?> list)) {
      throw unreadable(field);
    }
    var ids = new TreeSet<Long>();
    list.forEach(id -> ids.add(id(field, id)));
    return ids;
  }

  private static Long id(String field, @Nullable Object json) {
    if (json instanceof Integer || json instanceof Long) {
      return ((Number) json).longValue();
    }
    throw unreadable(field);
  }

  private static InvalidCustomer unreadable(String field) {
    return new InvalidCustomer(
        field, "The field '" + field + "' has a command that cannot be queued.");
  }
}
