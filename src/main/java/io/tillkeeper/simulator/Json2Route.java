package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.simulator.Incoming.Conditions;
import io.tillkeeper.simulator.Incoming.Step;
import java.util.Locale;
import java.util.function.Function;

/** {@code /json/2/MODEL/METHOD}, from Odoo 19 on: real statuses and bare results. */
final class Json2Route {

  static final String PREFIX = "/json/2";

  private final OdooVersion version;
  private final Access access;

  Json2Route(OdooVersion version, Access access) {
    this.version = version;
    this.access = access;
  }

  Incoming read(Wire wire) {
    boolean post = wire.method().equals("POST");
    if (post && !wire.isJson()) {
      return Incoming.plain(wire.path(), Answer.wrongContentType(version, wire.path()));
    }
    String[] parts = wire.path().substring(PREFIX.length()).split("/", -1);
    if (!post || parts.length != 3) {
      String words = "Did you mean POST /json/2/<model>/<method>?";
      return Incoming.plain(wire.path(), error(OdooError.werkzeug("NotFound", words)));
    }
    JsonNode body = Json.parse(wire.body()).orElseGet(Json::object);
    // a body that is not an object is taken for one without arguments
    ObjectNode arguments = body instanceof ObjectNode object ? object.deepCopy() : Json.object();
    JsonNode context = arguments.remove("context");
    ReceivedCall received =
        new ReceivedCall(
            parts[1] + "." + parts[2], arguments, context == null ? Json.object() : context);
    Function<Conditions, Step> handler =
        conditions -> {
          if (conditions.databaseDown()
              || !wire.header("X-Odoo-Database")
                  .orElse(access.database())
                  .equals(access.database())) {
            return new Step.Reply(Answer.notFound());
          }
          try {
            logIn(wire, conditions);
            Call call = call(wire, parts[1], parts[2], received);
            return new Step.Work(call, outcome -> render(call, outcome));
          } catch (OdooError refused) {
            return new Step.Reply(error(refused));
          }
        };
    return new Incoming(received, true, handler);
  }

  private void logIn(Wire wire, Conditions conditions) {
    String[] credentials = wire.header("Authorization").orElse("").split(" ", 2);
    if (credentials.length < 2 || !credentials[0].toLowerCase(Locale.ROOT).equals("bearer")) {
      throw OdooError.werkzeug(
          "Unauthorized",
          "User not authenticated, use an API Key with a Bearer Authorization header.");
    }
    if (!access.opens(credentials[1].strip(), conditions)) {
      throw OdooError.werkzeug("Unauthorized", "Invalid apikey");
    }
  }

  private Call call(Wire wire, String model, String name, ReceivedCall received) {
    if (!wire.body().isBlank() && Json.parse(wire.body()).isEmpty()) {
      throw OdooError.werkzeug("BadRequest", "could not parse the body as json");
    }
    if (!Method.isModel(model)) {
      throw OdooError.werkzeug("NotFound", "the model '" + model + "' does not exist");
    }
    if (Method.isPrivate(name, version)) {
      throw Method.privateRefused(model, name);
    }
    Method method =
        Method.find(model, name, version)
            .orElseThrow(
                () ->
                    OdooError.werkzeug(
                        "NotFound", "The method '" + model + "." + name + "' does not exist"));
    ObjectNode arguments = (ObjectNode) received.arguments();
    checkArguments(method, arguments);
    return new Call(method, arguments, received.context());
  }

  private static void checkArguments(Method method, ObjectNode arguments) {
    if (!method.onRecords() && !Json.isFalsy(arguments.path("ids"))) {
      throw OdooError.werkzeug(
          "UnprocessableEntity", "cannot call " + method.fullName() + " with ids");
    }
    for (String required : method.requiredParameters()) {
      if (!arguments.has(required)) {
        throw OdooError.werkzeug(
            "UnprocessableEntity", "missing a required argument: '" + required + "'");
      }
    }
    for (var argument : arguments.properties()) {
      boolean known =
          argument.getKey().equals("ids") || method.parameters().contains(argument.getKey());
      if (!known && !method.takesMore()) {
        throw OdooError.werkzeug(
            "UnprocessableEntity",
            "got an unexpected keyword argument '" + argument.getKey() + "'");
      }
    }
  }

  private static Answer render(Call call, Execution.Outcome outcome) {
    return switch (outcome) {
      case Execution.Outcome.Done done -> {
        // create answers with a list even for one record given as an object
        boolean single = call.method() == Method.CREATE && !done.result().isArray();
        yield json(200, single ? Json.array().add(done.result()) : done.result());
      }
      case Execution.Outcome.Raised raised -> error(raised.error());
    };
  }

  private static Answer error(OdooError raised) {
    ObjectNode body = Json.object();
    raised.describe(body, false);
    return json(raised.status(), body);
  }

  private static Answer json(int status, JsonNode body) {
    return Answer.json(status, body).with("X-Content-Type-Options", "nosniff");
  }
}
