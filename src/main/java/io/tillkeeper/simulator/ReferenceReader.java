package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The cells of {@code load} that name other records: by database id, external id or name. */
final class ReferenceReader {

  private final OdooVersion version;
  private final Transaction transaction;
  private final Consumer<String> beforeLookup;

  /**
   * Reads in a transaction.
   *
   * @param beforeLookup told each external id that is looked up, since it may be that of a row
   *     above
   */
  ReferenceReader(OdooVersion version, Transaction transaction, Consumer<String> beforeLookup) {
    this.version = version;
    this.transaction = transaction;
    this.beforeLookup = beforeLookup;
  }

  /** The ids of the records that a cell of a many2many names, separated by commas. */
  List<Long> several(LoadColumn.Of column, String text) {
    List<Long> ids = new ArrayList<>();
    for (String name : text.split(",")) {
      long id = one(column, name.strip());
      if (!ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** The id of the record that a cell of a many2one names. */
  long one(LoadColumn.Of column, String text) {
    Field field = column.field();
    OptionalLong found =
        switch (column.by()) {
          case DATABASE_ID -> byDatabaseId(field, text);
          case EXTERNAL_ID -> byExternalId(field, text);
          case NAME -> byName(field, text);
        };
    return found.orElseThrow(
        () ->
            new UnreadableCell(
                "No matching record found for "
                    + column.by().words()
                    + " '"
                    + text
                    + "' in field '"
                    + field.label()
                    + "'",
                possibleValues(column)));
  }

  private OptionalLong byDatabaseId(Field field, String text) {
    if (!text.matches("-?[0-9]{1,18}")) {
      throw new UnreadableCell(
          "Invalid database id '" + text + "' for the field '" + field.label() + "'",
          Json.tree(false));
    }
    long id = Long.parseLong(text);
    return ApiValues.exists(transaction, field, id) ? OptionalLong.of(id) : OptionalLong.empty();
  }

  private OptionalLong byExternalId(Field field, String text) {
    String name = LoadColumn.qualified(text);
    if (!Field.PARTNER.equals(field.relation())) {
      return Reference.byExternalId(name)
          .filter(target -> target.model().equals(field.relation()))
          .map(target -> OptionalLong.of(target.id()))
          .orElseGet(OptionalLong::empty);
    }
    beforeLookup.accept(name);
    ExternalId target = transaction.externalId(name);
    return target == null ? OptionalLong.empty() : OptionalLong.of(target.partner());
  }

  private OptionalLong byName(Field field, String text) {
    if (Field.COUNTRY.equals(field.relation())) {
      return Reference.COUNTRIES.stream()
          .filter(country -> country.name().equalsIgnoreCase(text))
          .mapToLong(Reference.Country::id)
          .findFirst();
    }
    if (Field.CATEGORY.equals(field.relation())) {
      return Reference.CATEGORIES.entrySet().stream()
          .filter(category -> category.getValue().equalsIgnoreCase(text))
          .mapToLong(Map.Entry::getKey)
          .findFirst();
    }
    return transaction.allRows().stream()
        .filter(row -> row.active() && text.equals(row.text("name")))
        .mapToLong(PartnerRow::id)
        .findFirst();
  }

  /** Odoo's link to the list of what is possible; a person who imports a file would click it. */
  private ObjectNode possibleValues(LoadColumn.Of column) {
    ObjectNode action = Json.object();
    action.put("name", "Possible Values").put("type", "ir.actions.act_window");
    action.put("target", "new");
    action.put("view_mode", version.atLeast(OdooVersion.V18) ? "list,form" : "tree,form");
    action.set("views", Json.tree(List.of(List.of(false, "list"), List.of(false, "form"))));
    action.putObject("context").put("create", false);
    action.put("help", "See all possible values");
    String relation = Optional.ofNullable(column.field().relation()).orElse("");
    if (column.by() == LoadColumn.By.NAME) {
      return action.put("res_model", relation);
    }
    action.put("res_model", "ir.model.data");
    action.set("domain", Json.tree(List.of(List.of("model", "=", relation))));
    return action;
  }
}
