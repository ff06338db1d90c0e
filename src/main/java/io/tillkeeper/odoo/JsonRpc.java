package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import java.util.Map;

/** JSON-RPC, the API of Odoo 16 to 18: arguments in their order, a user id in every call. */
final class JsonRpc implements Dialect {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final HttpWire wire;
  private final String database;
  private final long uid;
  private final ApiKey key;

  JsonRpc(HttpWire wire, String database, long uid, ApiKey key) {
    this.wire = wire;
    this.database = database;
    this.uid = uid;
    this.key = key;
  }

  @Override
  public Answer call(OdooCall call) {
    ArrayNode arguments = NODES.arrayNode();
    call.arguments().forEach(arguments::add);
    ObjectNode named = NODES.objectNode();
    named.setAll(call.keywords());
    named.set("context", call.context());
    ArrayNode args =
        NODES
            .arrayNode()
            .add(database)
            .add(uid)
            .add(key.secret())
            .add(call.model())
            .add(call.method());
    args.add(arguments).add(named);
    Answer answer = hideKey(ask(wire, "/jsonrpc", service("object", "execute_kw", args)), key);
    return answer instanceof Failure failure && userIsGone(failure)
        ? new Failure("odoo.exceptions.AccessDenied", failure.message())
        : answer;
  }

  /**
   * Logs in; costs Odoo about half a second of work, so never do it per call.
   *
   * @return the id of the user
   * @throws LinkLost when there is no such user, or none with this key
   */
  static long authenticate(HttpWire wire, String database, String login, ApiKey key) {
    ArrayNode args = NODES.arrayNode().add(database).add(login).add(key.secret());
    args.add(NODES.objectNode());
    return switch (ask(wire, "/jsonrpc", service("common", "authenticate", args))) {
      case Result(var uid) when WireReader.isId(uid) -> uid.longValue();
      case Result(var no) when no.isBoolean() ->
          throw new LinkLost(LinkCause.KEY, "The log-in is refused", null, null);
      case Result ignored -> throw WireReader.notOdoo("A log-in that gives no user id");
      case Failure failure -> throw ErrorTable.withoutAnswer(failure);
    };
  }

  /** A JSON-RPC request and the reading of its answer. */
  static Answer ask(HttpWire wire, String path, ObjectNode params) {
    ObjectNode body = NODES.objectNode().put("jsonrpc", "2.0").put("method", "call").put("id", 1);
    body.set("params", params);
    return switch (wire.post(path, Map.of(), body)) {
      case WireAnswer.Json json -> read(json);
      case WireAnswer.RequestTooLarge() -> ErrorTable.requestTooLarge();
      case WireAnswer.NoSuchPage() -> throw WireReader.notOdoo("HTTP status 404 with a page");
    };
  }

  private static Answer read(WireAnswer.Json json) {
    JsonNode body = json.body();
    JsonNode error = body.path("error").path("data");
    if (error.path("name").isTextual() && error.path("message").isTextual()) {
      return new Failure(error.path("name").textValue(), error.path("message").textValue());
    }
    if (json.status() == 200 && body.path("jsonrpc").isTextual() && body.has("result")) {
      return new Result(body.get("result"));
    }
    throw ErrorTable.notAnError(json.status());
  }

  private static ObjectNode service(String service, String method, ArrayNode args) {
    ObjectNode params = NODES.objectNode().put("service", service).put("method", method);
    params.set("args", args);
    return params;
  }

  private static Answer hideKey(Answer answer, ApiKey key) {
    return switch (answer) {
      case Result result -> result;
      case Failure(var name, var message) -> new Failure(name, key.hideIn(message));
    };
  }

  /**
   * A user that was deleted raises the same exception as a record that was; only the message says
   * which, by a part of it that is not translated.
   */
  private boolean userIsGone(Failure failure) {
    return failure.name().equals("odoo.exceptions.MissingError")
        && failure.message().contains("res.users(" + uid + ",)");
  }
}
