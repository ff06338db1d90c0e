package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The cells of {@code load}, from what a spreadsheet could hold to what a record holds. */
final class CellReader {

  private static final Set<String> YES = Set.of("1", "true", "yes");
  private static final Set<String> NO = Set.of("0", "false", "no");

  private final LoadMessages messages;
  private final ReferenceReader references;

  CellReader(LoadMessages messages, ReferenceReader references) {
    this.messages = messages;
    this.references = references;
  }

  /** The codes and names of a selection. */
  static Map<String, String> choices(Field field) {
    return field.name().equals("lang") ? Reference.LANGUAGES : Reference.TYPES;
  }

  /** Reads all cells of a row; one that cannot be read is reported and left out. */
  Map<String, @Nullable Object> read(int record, List<LoadColumn> columns, JsonNode row) {
    Map<String, @Nullable Object> values = new HashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i) instanceof LoadColumn.Of column && !column.field().readonly()) {
        Field field = column.field();
        try {
          values.put(field.name(), value(column, row.path(i)));
        } catch (UnreadableCell unreadable) {
          messages.cell(record, field, unreadable.words(), unreadable.moreInfo());
        }
      }
    }
    return values;
  }

  private @Nullable Object value(LoadColumn.Of column, JsonNode cell) {
    Field field = column.field();
    if (field.kind() == Field.Kind.BOOLEAN) {
      return bool(field, cell);
    }
    if (Json.isFalsy(cell)) {
      return field.kind() == Field.Kind.MANY2MANY ? List.of() : null;
    }
    String text = cell.asText();
    return switch (field.kind()) {
      case CHAR, DATETIME -> text;
      case HTML -> ApiValues.html(text);
      case BOOLEAN -> throw new IllegalStateException("read above");
      case INTEGER -> integer(field, text);
      case SELECTION -> selection(field, text);
      case MANY2ONE -> references.one(column, text);
      case MANY2MANY -> references.several(column, text);
    };
  }

  private static boolean bool(Field field, JsonNode cell) {
    if (cell.isBoolean() || cell.isNumber()) {
      // the whole call fails: Odoo treats the cell as a text before it looks at it
      String type = cell.isBoolean() ? "bool" : "int";
      throw OdooError.of(
          "builtins.AttributeError", "'" + type + "' object has no attribute 'lower'");
    }
    String text = cell.asText("").toLowerCase(Locale.ROOT);
    if (!YES.contains(text) && !NO.contains(text) && !text.isEmpty()) {
      throw new UnreadableCell(
          "Unknown value '" + cell.asText() + "' for boolean field '" + field.label() + "'",
          Json.tree("Use '1' for yes and '0' for no"));
    }
    return YES.contains(text);
  }

  private static long integer(Field field, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException notANumber) {
      throw new UnreadableCell(
          "'" + text + "' does not seem to be an integer for field '" + field.label() + "'",
          Json.tree(false));
    }
  }

  private static String selection(Field field, String text) {
    return choices(field).entrySet().stream()
        .filter(choice -> choice.getKey().equals(text) || choice.getValue().equals(text))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new UnreadableCell(
                    "Value '" + text + "' not found in selection field '" + field.label() + "'",
                    Json.tree(choices(field).values())));
  }
}
