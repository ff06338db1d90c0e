package io.tillkeeper.simulator;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The methods that can be called, with their parameters in the order of Odoo. */
enum Method {
  LOAD(Field.PARTNER, "load", false, 2, List.of("fields", "data")),
  CREATE(Field.PARTNER, "create", false, 1, List.of("vals_list")),
  WRITE(Field.PARTNER, "write", true, 1, List.of("vals")),
  UNLINK(Field.PARTNER, "unlink", true, 0, List.of()),
  READ(Field.PARTNER, "read", true, 0, List.of("fields", "load")),
  EXISTS(Field.PARTNER, "exists", true, 0, List.of()),
  GET_EXTERNAL_ID(Field.PARTNER, "get_external_id", true, 0, List.of()),
  SEARCH(Field.PARTNER, "search", false, 1, List.of("domain", "offset", "limit", "order")),
  SEARCH_COUNT(Field.PARTNER, "search_count", false, 1, List.of("domain", "limit")),
  SEARCH_READ(
      Field.PARTNER,
      "search_read",
      false,
      0,
      List.of("domain", "fields", "offset", "limit", "order")),
  MESSAGE_POST(Field.PARTNER, "message_post", true, 0, List.of("body")),
  FIELDS_GET(Field.PARTNER, "fields_get", false, 0, List.of("allfields", "attributes")),
  HAS_ACCESS(Field.PARTNER, "has_access", true, 1, List.of("operation")),
  CHECK_ACCESS_RIGHTS(
      Field.PARTNER, "check_access_rights", false, 1, List.of("operation", "raise_exception")),
  USERS_HAVE_ACCESS("res.users", "has_access", true, 1, List.of("operation")),
  CHECK_USERS_ACCESS_RIGHTS(
      "res.users", "check_access_rights", false, 1, List.of("operation", "raise_exception")),
  USERS_READ("res.users", "read", true, 0, List.of("fields", "load")),
  CONTEXT_GET("res.users", "context_get", false, 0, List.of()),
  KEYS_SEARCH_READ(
      "res.users.apikeys",
      "search_read",
      false,
      0,
      List.of("domain", "fields", "offset", "limit", "order")),
  GENERATE_KEY(
      "res.users.apikeys",
      "generate",
      false,
      4,
      List.of("key", "scope", "name", "expiration_date")),
  REVOKE_KEY("res.users.apikeys", "revoke", false, 1, List.of("key")),
  CHECK_OBJECT_REFERENCE(
      "ir.model.data",
      "check_object_reference",
      false,
      2,
      List.of("module", "xml_id", "raise_on_access_error"));

  static final String USERS = "res.users";
  static final String API_KEYS = "res.users.apikeys";
  private static final Set<String> MODELS = Set.of(Field.PARTNER, USERS, API_KEYS, "ir.model.data");

  private final String model;
  private final String method;
  private final boolean onRecords;
  private final int required;
  private final List<String> parameters;

  Method(String model, String method, boolean onRecords, int required, List<String> parameters) {
    this.model = model;
    this.method = method;
    this.onRecords = onRecords;
    this.required = required;
    this.parameters = parameters;
  }

  static boolean isModel(String model) {
    return MODELS.contains(model);
  }

  static Optional<Method> find(String model, String method, OdooVersion version) {
    for (Method candidate : values()) {
      if (candidate.model.equals(model)
          && candidate.method.equals(method)
          && candidate.isIn(version)) {
        return Optional.of(candidate);
      }
    }
    return Optional.empty();
  }

  /**
   * A record tells what may be done with it from 18 on, the model told it before; keys are made by
   * the API from 19 on.
   */
  private boolean isIn(OdooVersion version) {
    return switch (method) {
      case "has_access" -> version.atLeast(OdooVersion.V18);
      case "check_access_rights" -> !version.atLeast(OdooVersion.V18);
      case "generate", "revoke" -> version.atLeast(OdooVersion.V19);
      default -> true;
    };
  }

  String model() {
    return model;
  }

  String fullName() {
    return model + "." + method;
  }

  /** Whether it is called on records: their ids come first. */
  boolean onRecords() {
    return onRecords;
  }

  List<String> parameters() {
    return parameters;
  }

  List<String> requiredParameters() {
    return parameters.subList(0, required);
  }

  /** Whether it takes keyword arguments that it does not name. */
  boolean takesMore() {
    return this == SEARCH_READ || this == KEYS_SEARCH_READ;
  }

  /** Methods whose name tells that they are private, and one that became so in Odoo 19. */
  static boolean isPrivate(String method, OdooVersion version) {
    return method.startsWith("_") || (method.equals("exists") && version.atLeast(OdooVersion.V19));
  }

  static OdooError privateRefused(String model, String method) {
    return OdooError.access(
        "Private methods (such as '" + model + "." + method + "') cannot be called remotely.");
  }
}
