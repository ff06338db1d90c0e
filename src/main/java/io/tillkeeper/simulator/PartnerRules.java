package io.tillkeeper.simulator;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Odoo checks when a partner is created, written or deleted, whoever asks for it. */
final class PartnerRules {

  private final InstantSource clock;

  PartnerRules(InstantSource clock) {
    this.clock = clock;
  }

  /** Adds a record; the values are those of {@link ApiValues} or {@link CellReader}. */
  PartnerRow create(Transaction transaction, Map<String, @Nullable Object> values) {
    Map<String, @Nullable Object> complete = new HashMap<>();
    complete.put("active", true);
    complete.put("is_company", false);
    complete.put("type", "contact");
    complete.putAll(values);
    Instant now = now();
    PartnerRow row =
        new PartnerRow(transaction.nextId(), Map.of(), false, now, now).with(complete, now);
    check(transaction, row, values);
    transaction.put(row);
    return row;
  }

  void write(Transaction transaction, PartnerRow before, Map<String, @Nullable Object> values) {
    PartnerRow row = before.with(values, now());
    if (row.ofUser() && !row.active()) {
      throw userIsActive(
          "You cannot archive contacts linked to an active user.\n"
              + "You first need to archive their associated user.");
    }
    check(transaction, row, values);
    transaction.put(row);
  }

  void delete(Transaction transaction, PartnerRow row) {
    if (row.ofUser()) {
      throw userIsActive(
          "You cannot delete contacts linked to an active user.\n"
              + "You should rather archive them after archiving their associated user.");
    }
    transaction.delete(row.id());
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  private void check(
      Transaction transaction, PartnerRow row, Map<String, @Nullable Object> changed) {
    for (@Nullable Object value : changed.values()) {
      if (value instanceof String text && text.indexOf('\0') >= 0) {
        throw OdooError.value("A string literal cannot contain NUL (0x00) characters.");
      }
    }
    if (row.text("name") == null && "contact".equals(row.text("type"))) {
      throw OdooError.nameRequired();
    }
    if (changed.containsKey("parent_id") && isOwnAncestor(transaction, row)) {
      throw OdooError.validation("You cannot create recursive Partner hierarchies.");
    }
    if (changed.get("barcode") instanceof String barcode && isTaken(transaction, row, barcode)) {
      throw barcodeTaken();
    }
  }

  static OdooError barcodeTaken() {
    return OdooError.validation("Another partner already has this barcode");
  }

  private static boolean isTaken(Transaction transaction, PartnerRow row, String barcode) {
    return !barcode.isEmpty()
        && transaction.allRows().stream()
            .anyMatch(
                other ->
                    other.id() != row.id()
                        && other.active()
                        && barcode.equals(other.text("barcode")));
  }

  private static boolean isOwnAncestor(Transaction transaction, PartnerRow row) {
    long ancestor = row.target("parent_id");
    while (ancestor != 0 && ancestor != row.id()) {
      PartnerRow next = transaction.row(ancestor);
      ancestor = next == null ? 0 : next.target("parent_id");
    }
    return ancestor != 0;
  }

  private static OdooError userIsActive(String words) {
    String text = words + "\n\nLinked active users : Administrator";
    return OdooError.withArguments(
        "odoo.exceptions.RedirectWarning",
        text,
        Arrays.asList(
            text,
            Map.of(
                "type",
                "ir.actions.act_window",
                "res_model",
                "res.users",
                "context",
                Map.of("create", false),
                "view_mode",
                "form",
                "views",
                List.of(List.of(1, "form")),
                "res_id",
                2),
            "Go to users",
            null));
  }
}
