package io.tillkeeper.queue;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.Normal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a customer is found by: the normal forms of name, phone, e-mail, VAT and barcode. */
final class SearchText {

  private static final Pattern PHONE_LIKE = Pattern.compile("[+0-9()./\\s-]*[0-9][+0-9()./\\s-]*");
  private static final Pattern NO_DIGIT = Pattern.compile("[^0-9]+");

  /** Shorter digits or VAT numbers would be found in everything. */
  private static final int SHORTEST_NUMBER = 3;

  private final Normal normal;

  SearchText(Normal normal) {
    this.normal = normal;
  }

  /** One line for each thing that a cashier may type. */
  String of(CustomerValues values) {
    Set<String> lines = new LinkedHashSet<>();
    values.text("name").map(Normal::search).ifPresent(lines::add);
    values.text("email").map(Normal::email).ifPresent(lines::add);
    for (var field : List.of("phone", "mobile")) {
      values.text(field).map(normal::phone).ifPresent(lines::add);
      values.text(field).map(SearchText::digits).ifPresent(lines::add);
    }
    values.text("vat").map(Normal::vat).ifPresent(lines::add);
    values.text("barcode").map(Normal::search).ifPresent(lines::add);
    var text = String.join("\n", lines);
    return text.substring(0, Math.min(text.length(), CustomerRow.LONGEST_SEARCH_TEXT));
  }

  /** What to look for when a cashier types this; empty when nothing can be found by it. */
  List<String> needles(String typed) {
    Set<String> needles = new LinkedHashSet<>();
    needles.add(Normal.search(typed));
    if (PHONE_LIKE.matcher(typed).matches()) {
      needles.add(normal.phone(typed));
      needles.add(digits(typed));
    }
    needles.add(Normal.vat(typed));
    needles.removeIf(
        needle -> needle.length() < SHORTEST_NUMBER && !needle.equals(Normal.search(typed)));
    needles.removeIf(String::isEmpty);
    return List.copyOf(needles);
  }

  private static String digits(String text) {
    return NO_DIGIT.matcher(text).replaceAll("");
  }
}
