package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An exception that Odoo raises: its Python name is what clients decide by. */
final class OdooError extends RuntimeException {

  static final String NAME_REQUIRED = "Contacts require a name";
  static final String SERIALIZATION = "could not serialize access due to concurrent update\n";
  private static final String FAILED_PREFIX = "The operation cannot be completed: ";
  private static final long serialVersionUID = 1L;

  private static final Map<String, Integer> STATUS =
      Map.of(
          "odoo.exceptions.UserError", 422,
          "odoo.exceptions.ValidationError", 422,
          "odoo.exceptions.AccessError", 403,
          "odoo.exceptions.AccessDenied", 403,
          "odoo.exceptions.MissingError", 404,
          "werkzeug.exceptions.BadRequest", 400,
          "werkzeug.exceptions.Unauthorized", 401,
          "werkzeug.exceptions.NotFound", 404,
          "werkzeug.exceptions.UnprocessableEntity", 422);

  private final String name;
  private final String words;
  private final transient List<@Nullable Object> arguments;

  private OdooError(String name, String words, List<@Nullable Object> arguments) {
    super(name + ": " + words, null, false, false);
    this.name = name;
    this.words = words;
    this.arguments = arguments;
  }

  static OdooError of(String name, String words) {
    int status = STATUS.getOrDefault(name, 500);
    return new OdooError(
        name, words, name.startsWith("werkzeug.") ? List.of(words, status) : List.of(words));
  }

  static OdooError withArguments(String name, String words, List<@Nullable Object> arguments) {
    return new OdooError(name, words, arguments);
  }

  static OdooError access(String words) {
    return of("odoo.exceptions.AccessError", words);
  }

  static OdooError validation(String words) {
    return of("odoo.exceptions.ValidationError", words);
  }

  static OdooError value(String words) {
    return of("builtins.ValueError", words);
  }

  static OdooError missing(String model, long id, long uid) {
    return of(
        "odoo.exceptions.MissingError",
        "Record does not exist or has been deleted.\n(Record: "
            + model
            + "("
            + id
            + ",), User: "
            + uid
            + ")");
  }

  static OdooError nameRequired() {
    return validation(FAILED_PREFIX + NAME_REQUIRED);
  }

  static OdooError werkzeug(String kind, String words) {
    return of("werkzeug.exceptions." + kind, words);
  }

  String name() {
    return name;
  }

  String words() {
    return words;
  }

  /** The words without the sentence that {@code create} puts before those of a constraint. */
  String constraintWords() {
    return words.startsWith(FAILED_PREFIX) ? words.substring(FAILED_PREFIX.length()) : words;
  }

  /** The HTTP status in JSON-2. */
  int status() {
    return STATUS.getOrDefault(name, 500);
  }

  /** Whether {@code load} knows this kind and reports its words as they are. */
  boolean isForUsers() {
    return name.startsWith("odoo.exceptions.") || name.startsWith("psycopg2.");
  }

  /** Writes what both protocols say of an exception; the debug text is never a real traceback. */
  void describe(ObjectNode target, boolean debugFirst) {
    target.put("name", name);
    if (debugFirst) {
      target.put("debug", "<traceback removed>");
    }
    target.put("message", words);
    target.set("arguments", Json.tree(arguments));
    target.putObject("context");
    if (!debugFirst) {
      target.put("debug", "<traceback removed>");
    }
  }
}
