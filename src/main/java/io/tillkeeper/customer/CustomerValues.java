package io.tillkeeper.customer;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Values of a customer by Odoo's own field names, immutable and in the order of the names.
 *
 * @param fields field name to value
 */
public record CustomerValues(SortedMap<String, FieldValue> fields) {

  /** Values for no field at all. */
  public static final CustomerValues NONE = new CustomerValues(new TreeMap<>());

  public CustomerValues {
    fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
  }

  /**
   * Reads values as they came in JSON.
   *
   * @param json field name to what Jackson makes of JSON: String, Boolean, Number, List, Map or
   *     null. {@code null}, {@code ""} and, where no yes or no is meant, {@code false} clear a
   *     field.
   * @throws InvalidCustomer for the first field, by name, that Odoo would refuse
   */
  public static CustomerValues read(Map<String, ? extends @Nullable Object> json) {
    var values = readSeen(json);
    var name = values.fields.get("name");
    if (name instanceof FieldValue.Empty
        || name instanceof FieldValue.Text text && Normal.isBlank(text.value())) {
      throw new InvalidCustomer("name", "A customer needs a name.");
    }
    return values;
  }

  /**
   * Reads values that somebody saw in Odoo, where a contact may have no name.
   *
   * @throws InvalidCustomer for the first field, by name, that is not of its field's type
   */
  public static CustomerValues readSeen(Map<String, ? extends @Nullable Object> json) {
    var fields = new TreeMap<String, FieldValue>();
    new TreeMap<>(json).forEach((name, value) -> fields.put(name, ValueReader.read(name, value)));
    return new CustomerValues(fields);
  }

  /** The text of a field; empty when it is not given, cleared or not text. */
  public Optional<String> text(String field) {
    return fields.get(field) instanceof FieldValue.Text text
        ? Optional.of(text.value())
        : Optional.empty();
  }

  /** These values with those of {@code newer} laid over them. */
  public CustomerValues overlaidWith(CustomerValues newer) {
    var merged = new TreeMap<>(fields);
    merged.putAll(newer.fields);
    return new CustomerValues(merged);
  }

  /** These values with one more. */
  public CustomerValues with(String field, FieldValue value) {
    var more = new TreeMap<>(fields);
    more.put(field, value);
    return new CustomerValues(more);
  }

  /** These values without one field. */
  public CustomerValues without(String field) {
    var fewer = new TreeMap<>(fields);
    fewer.remove(field);
    return new CustomerValues(fewer);
  }

  /** The value of one field alone, which must be among these. */
  public CustomerValues only(String field) {
    return NONE.with(field, Objects.requireNonNull(fields.get(field)));
  }

  /** These values without those that clear a field, which mean nothing where nothing is yet. */
  public CustomerValues withoutEmpty() {
    var filled = new TreeMap<>(fields);
    filled.values().removeIf(FieldValue.Empty.class::isInstance);
    return new CustomerValues(filled);
  }

  /** The values as {@link #read} takes them: what JSON is made of. */
  public SortedMap<String, @Nullable Object> toJson() {
    var json = new TreeMap<String, @Nullable Object>();
    fields.forEach((name, value) -> json.put(name, toJson(value)));
    return json;
  }

  /** One value as {@link #read} takes it. */
  public static @Nullable Object toJson(FieldValue value) {
    return switch (value) {
      case FieldValue.Text text -> text.value();
      case FieldValue.Flag flag -> flag.value();
      case FieldValue.Whole whole -> whole.value();
      case FieldValue.Decimal decimal -> decimal.value();
      case FieldValue.Reference reference -> reference.id();
      case FieldValue.References references -> references.ids();
      case FieldValue.Country country -> country.isoCode();
      case FieldValue.Empty empty -> null;
    };
  }
}
