package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.simulator.Incoming.Conditions;
import io.tillkeeper.simulator.Incoming.Step;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /jsonrpc}, in all versions: an error is an answer with status 200. */
final class JsonRpcRoute {

  static final String PATH = "/jsonrpc";
  static final String VERSION_PATH = "/web/webclient/version_info";

  private final OdooVersion version;
  private final Access access;
  private final JsonRpcAnswers answers;

  JsonRpcRoute(OdooVersion version, Access access) {
    this.version = version;
    this.access = access;
    this.answers = new JsonRpcAnswers(version);
  }

  Incoming read(Wire wire) {
    if (!wire.isJson() || !wire.method().equals("POST")) {
      return Incoming.plain(wire.path(), Answer.wrongContentType(version, wire.path()));
    }
    JsonNode body = Json.parse(wire.body()).orElse(null);
    if (body == null) {
      return Incoming.plain(wire.path(), Answer.html(400, "Invalid JSON data"));
    }
    JsonNode id = body.path("id");
    if (wire.path().equals(VERSION_PATH)) {
      return Incoming.plain(wire.path(), answers.version(id));
    }
    JsonNode params = body.path("params");
    if (params.path("method").isMissingNode() || params.path("args").isMissingNode()) {
      String type = version.atLeast(OdooVersion.V19) ? "JSONRPC" : "RPC";
      return Incoming.plain(
          PATH,
          answers.error(
              id,
              OdooError.of(
                  "builtins.TypeError",
                  type
                      + ".jsonrpc() missing 2 required positional arguments: 'method' and"
                      + " 'args'")));
    }
    return switch (params.path("service").asText()) {
      case "common" -> common(id, params.path("method").asText(), params.path("args"));
      case "object" -> object(id, params.path("method").asText(), params.path("args"));
      default ->
          Incoming.plain(
              PATH,
              answers.error(
                  id, OdooError.of("builtins.KeyError", params.path("service").asText())));
    };
  }

  private Incoming common(JsonNode id, String method, JsonNode args) {
    return switch (method) {
      case "version" -> Incoming.plain("common.version", answers.version(id));
      case "authenticate", "login" ->
          Incoming.plain("common." + method, conditions -> login(id, args, conditions));
      default -> Incoming.plain(PATH, answers.error(id, unknownMethod(method)));
    };
  }

  private Answer login(JsonNode id, JsonNode args, Conditions conditions) {
    try {
      access.requireDatabase(args.path(0).asText(), conditions);
    } catch (OdooError unavailable) {
      return answers.error(id, unavailable);
    }
    boolean known =
        args.path(1).asText().equals(access.login())
            && access.opens(args.path(2).asText(), conditions);
    return answers.result(id, known ? Json.tree(access.uid()) : Json.tree(false));
  }

  private Incoming object(JsonNode id, String service, JsonNode args) {
    String model = args.path(3).asText();
    String name = args.path(4).asText();
    if (!service.equals("execute_kw")) {
      return Incoming.plain(PATH, answers.error(id, unknownMethod(service)));
    }
    Method method = Method.find(model, name, version).orElse(null);
    Call call = method == null ? null : call(method, args.path(5), args.path(6));
    ReceivedCall received =
        new ReceivedCall(
            model + "." + name,
            call == null ? Json.object() : call.arguments(),
            call == null ? Json.object() : call.context());
    Function<Conditions, Step> handler =
        conditions -> {
          try {
            logIn(args, conditions);
            return new Step.Work(
                checked(call, model, name), outcome -> answers.render(id, outcome));
          } catch (OdooError refused) {
            return new Step.Reply(answers.error(id, refused));
          }
        };
    return new Incoming(received, true, handler);
  }

  private void logIn(JsonNode args, Conditions conditions) {
    access.requireDatabase(args.path(0).asText(), conditions);
    long uid = args.path(1).asLong();
    if (uid != access.uid()) {
      throw OdooError.missing("res.users", uid, uid);
    }
    if (!access.opens(args.path(2).asText(), conditions)) {
      throw OdooError.of("odoo.exceptions.AccessDenied", "Access Denied");
    }
  }

  private Call checked(@Nullable Call call, String model, String name) {
    if (!Method.isModel(model)) {
      throw OdooError.of("odoo.exceptions.UserError", "Object " + model + " doesn't exist");
    }
    if (Method.isPrivate(name, version)) {
      throw Method.privateRefused(model, name);
    }
    if (call == null) {
      throw OdooError.of(
          "builtins.AttributeError", "The method '" + model + "." + name + "' does not exist");
    }
    for (String required : call.method().requiredParameters()) {
      if (call.argument(required).isMissingNode()) {
        throw OdooError.of(
            "builtins.TypeError",
            call.name() + "() missing 1 required positional argument: '" + required + "'");
      }
    }
    return call;
  }

  /** Positional arguments get their names; the ids come first where there are any. */
  private static Call call(Method method, JsonNode positional, JsonNode named) {
    ObjectNode arguments = Json.object();
    int skip = method.onRecords() ? 1 : 0;
    if (method.onRecords() && positional.has(0)) {
      arguments.set("ids", positional.get(0));
    }
    List<String> parameters = method.parameters();
    for (int i = 0; i < parameters.size() && positional.has(i + skip); i++) {
      arguments.set(parameters.get(i), positional.get(i + skip));
    }
    named.properties().forEach(entry -> arguments.set(entry.getKey(), entry.getValue()));
    JsonNode context = arguments.remove("context");
    return new Call(method, arguments, context == null ? Json.object() : context);
  }

  private static OdooError unknownMethod(String method) {
    return OdooError.of("builtins.Exception", "Method not found: " + method);
  }
}
