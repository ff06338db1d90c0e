package io.tillkeeper.customer;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a till says of one customer: values, and the company the customer belongs to.
 *
 * @param parentRef the company by its {@code ref}, for a till that has no database id of it yet;
 *     null when not given
 */
public record CustomerChange(CustomerValues values, @Nullable UUID parentRef) {

  private static final String PARENT_REF = "parentRef";
  private static final String PARENT_ID = "parent_id";

  public CustomerChange {
    if (parentRef != null && values.fields().containsKey(PARENT_ID)) {
      throw new InvalidCustomer(PARENT_REF, "Give 'parentRef' or 'parent_id', not both.");
    }
  }

  /**
   * Reads a change as it came in JSON: Odoo's fields, and {@code parentRef}.
   *
   * @throws InvalidCustomer for the first field that Odoo would refuse
   */
  public static CustomerChange read(Map<String, ? extends @Nullable Object> json) {
    var fields = new LinkedHashMap<String, @Nullable Object>(json);
    var parentRef = fields.containsKey(PARENT_REF) ? readRef(fields.remove(PARENT_REF)) : null;
    return new CustomerChange(CustomerValues.read(fields), parentRef);
  }

  private static UUID readRef(@Nullable Object json) {
    return (json instanceof String text ? CustomerAddress.parseRef(text) : Optional.<UUID>empty())
        .orElseThrow(
            () -> new InvalidCustomer(PARENT_REF, "'parentRef' is the ref of a company, a UUID."));
  }

  /** Whether it says nothing. */
  public boolean isEmpty() {
    return parentRef == null && values.fields().isEmpty();
  }

  /** This with a newer change laid over it. */
  public CustomerChange overlaidWith(CustomerChange newer) {
    var movedByRef = newer.parentRef != null;
    var movedById = newer.values.fields().containsKey(PARENT_ID);
    var older = movedByRef ? values.without(PARENT_ID) : values;
    return new CustomerChange(
        older.overlaidWith(newer.values),
        movedByRef ? newer.parentRef : movedById ? null : parentRef);
  }

  /** The change as {@link #read} takes it: what JSON is made of. */
  public SortedMap<String, @Nullable Object> toJson() {
    var json = values.toJson();
    if (parentRef != null) {
      json.put(PARENT_REF, parentRef.toString());
    }
    return json;
  }
}
