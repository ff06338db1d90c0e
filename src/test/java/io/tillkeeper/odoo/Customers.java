package io.tillkeeper.odoo;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/** Customers for the tests. */
final class Customers {

  static final UUID REF = new UUID(0x1111222233334444L, 0x8888999900001111L);

  private Customers() {}

  static CustomerValues values(Map<String, FieldValue> fields) {
    return new CustomerValues(new TreeMap<>(fields));
  }

  static List<NewPartner> partners(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> new NewPartner(new UUID(1, i), named("Customer " + i)))
        .toList();
  }

  static PartnerChange change(long id) {
    return new PartnerChange(id, values(Map.of("city", new FieldValue.Text("Brest"))));
  }

  static CustomerValues named(String name) {
    return values(Map.of("name", new FieldValue.Text(name)));
  }
}
