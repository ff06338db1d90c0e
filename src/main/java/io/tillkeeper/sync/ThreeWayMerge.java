package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.queue.Findings.Decision;
import io.tillkeeper.queue.Findings.Dispute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Brings together what the cashier saw, what the cashier typed and what Odoo has now, field by
 * field. What only one side changed is that side's; what both changed differently is settled by the
 * policy of the field, or by what a person decided.
 */
final class ThreeWayMerge {

  private static final FieldValue EMPTY = new FieldValue.Empty();

  private final Function<String, FieldPolicy> policies;
  private final SameValue values;

  /**
   * @param policies the policy of each field
   */
  ThreeWayMerge(Function<String, FieldPolicy> policies, SameValue values) {
    this.policies = policies;
    this.values = values;
  }

  /**
   * What comes of a merge.
   *
   * @param toWrite the fields that Odoo must be told
   * @param result the fields as Odoo has them after that
   * @param disputes the fields that both changed
   */
  record Merged(CustomerValues toWrite, CustomerValues result, List<Dispute> disputes) {

    /** Whether there is a field that only a person can decide. */
    boolean needsPerson() {
      return disputes.stream().anyMatch(dispute -> dispute.decision() == Decision.ASK);
    }
  }

  /**
   * @param base what the cashier saw; of a field that is not in it nothing is known, and the till's
   *     value counts
   * @param odoo what Odoo has now, of all the fields in {@code till}
   * @param decided what a person decided: true for the till's value, false for Odoo's
   */
  Merged merge(
      CustomerValues base, CustomerValues till, CustomerValues odoo, Map<String, Boolean> decided) {
    var disputes = new ArrayList<Dispute>();
    var result = new TreeMap<String, FieldValue>();
    till.fields()
        .forEach(
            (field, typed) -> {
              var seen = base.fields().get(field);
              var present = odoo.fields().getOrDefault(field, EMPTY);
              result.put(field, settle(field, seen, typed, present, decided, disputes));
            });
    return merged(odoo, result, disputes);
  }

  /** Takes from the till only what is empty in Odoo. */
  Merged fill(CustomerValues till, CustomerValues odoo) {
    var result = new TreeMap<String, FieldValue>();
    till.fields()
        .forEach(
            (field, typed) -> {
              var present = odoo.fields().getOrDefault(field, EMPTY);
              result.put(field, values.isEmpty(present) ? typed : present);
            });
    return merged(odoo, result, List.of());
  }

  private Merged merged(
      CustomerValues odoo, TreeMap<String, FieldValue> result, List<Dispute> disputes) {
    var toWrite = new TreeMap<>(result);
    toWrite
        .entrySet()
        .removeIf(
            field ->
                values.same(
                    field.getKey(),
                    field.getValue(),
                    odoo.fields().getOrDefault(field.getKey(), EMPTY)));
    return new Merged(
        new CustomerValues(toWrite), new CustomerValues(result), List.copyOf(disputes));
  }

  private FieldValue settle(
      String field,
      @Nullable FieldValue seen,
      FieldValue typed,
      FieldValue present,
      Map<String, Boolean> decided,
      List<Dispute> disputes) {
    if (seen == null || values.same(field, seen, present) || values.same(field, typed, present)) {
      return typed;
    }
    if (values.same(field, seen, typed)) {
      return present;
    }
    var decision = decision(field, typed, decided);
    disputes.add(new Dispute(field, seen, typed, present, decision));
    return switch (decision) {
      case TILL -> typed;
      case ODOO, ASK -> present;
      case APPEND -> append(seen, typed, present);
      case MERGE -> mergeSets(seen, typed, present);
    };
  }

  private Decision decision(String field, FieldValue typed, Map<String, Boolean> decided) {
    var person = decided.get(field);
    if (person != null) {
      return person ? Decision.TILL : Decision.ODOO;
    }
    if (typed instanceof FieldValue.References) {
      return Decision.MERGE;
    }
    return switch (policies.apply(field)) {
      case TILL -> Decision.TILL;
      case ODOO -> Decision.ODOO;
      case APPEND -> typed instanceof FieldValue.Text ? Decision.APPEND : Decision.TILL;
      case ASK -> Decision.ASK;
    };
  }

  /**
   * Where the cashier wrote on after the text that was there, only what was added counts. Where
   * Odoo's text ends with it, on lines of its own, a try whose answer was lost has put it there.
   */
  private static FieldValue append(FieldValue seen, FieldValue typed, FieldValue present) {
    var before = text(seen);
    var after = text(typed);
    var added = (after.startsWith(before) ? after.substring(before.length()) : after).strip();
    var now = text(present).strip();
    if (added.isEmpty() || lines(now).endsWith(lines(added))) {
      return present;
    }
    return new FieldValue.Text(now.isEmpty() ? added : now + "\n" + added);
  }

  /** Each with a line end before it, and spaced alike. */
  private static String lines(String text) {
    return text.lines()
        .map(line -> "\n" + line.strip().replaceAll("\\s+", " "))
        .collect(Collectors.joining());
  }

  private static String text(FieldValue value) {
    return value instanceof FieldValue.Text text ? text.value() : "";
  }

  /** What the till added is added, what it took away is taken away; the rest is as Odoo has it. */
  private static FieldValue mergeSets(FieldValue seen, FieldValue typed, FieldValue present) {
    var before = ids(seen);
    var after = ids(typed);
    var merged = new TreeSet<>(ids(present));
    after.stream().filter(id -> !before.contains(id)).forEach(merged::add);
    before.stream().filter(id -> !after.contains(id)).forEach(merged::remove);
    return new FieldValue.References(List.copyOf(merged));
  }

  private static List<Long> ids(FieldValue value) {
    return value instanceof FieldValue.References references ? references.ids() : List.of();
  }
}
