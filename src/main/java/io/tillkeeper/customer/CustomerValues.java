package io.tillkeeper.customer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values of a customer by Odoo's own field names, immutable and in the order of the names.
 *
 * @param fields field name to value
 */
public record CustomerValues(SortedMap<String, FieldValue> fields) {

  public CustomerValues {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }
}
