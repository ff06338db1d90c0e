package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What {@code load} has to say about its rows; any error takes all rows back. */
final class LoadMessages {

  private static final int ENOUGH = 10;

  private final OdooVersion version;
  private final ArrayNode messages = Json.array();
  private boolean failed;
  private int rowErrors;

  LoadMessages(OdooVersion version) {
    this.version = version;
  }

  boolean failed() {
    return failed;
  }

  boolean interrupted() {
    return rowErrors >= ENOUGH;
  }

  /** A cell that could not be read. */
  void cell(int record, Field field, String words, JsonNode moreInfo) {
    ObjectNode message = rows(record).put("type", "error").put("record", record);
    message.put("field", field.name()).put("message", words);
    message.set("moreinfo", moreInfo);
    message.put("field_name", field.label());
    add(message);
  }

  void unknownDatabaseId(int record, String id) {
    add(
        rows(record)
            .put("type", "error")
            .put("record", record)
            .put("field", ".id")
            .put("message", "Unknown database identifier '" + id + "'"));
  }

  /** A row that could not be saved; after ten of them Odoo stops looking. */
  void row(int record, OdooError error) {
    ObjectNode message = rows(record).put("record", record).put("type", "error");
    if (error.isForUsers()) {
      add(message.put("message", words(error)));
    } else {
      String type = error.name().replace("builtins.", "");
      String words = "Unknown error during import: <class '" + type + "'>: " + error.words();
      add(message.put("message", words).put("moreinfo", "Resolve other errors first"));
    }
    rowErrors++;
    if (interrupted()) {
      messages
          .addObject()
          .put("type", "warning")
          .put(
              "message",
              "Found more than 10 errors and more than one error per 10 records, interrupted to"
                  + " avoid showing too many errors.");
    }
  }

  ObjectNode result(List<Long> ids) {
    ObjectNode result = Json.object();
    if (failed) {
      result.put("ids", false);
    } else {
      ArrayNode all = result.putArray("ids");
      ids.forEach(all::add);
    }
    result.set("messages", messages);
    return result.put("nextrow", 0);
  }

  private String words(OdooError error) {
    String words = error.constraintWords();
    // the text of the constraint arrives with the quotes of its Python representation before 19
    return words.equals(OdooError.NAME_REQUIRED) && !version.atLeast(OdooVersion.V19)
        ? "'" + words + "'"
        : words;
  }

  private void add(ObjectNode message) {
    messages.add(message);
    failed = true;
  }

  private static ObjectNode rows(int record) {
    ObjectNode message = Json.object();
    message.putObject("rows").put("from", record).put("to", record);
    return message;
  }
}
