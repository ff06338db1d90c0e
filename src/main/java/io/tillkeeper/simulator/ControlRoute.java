package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Switches faults and edits partners over HTTP, on a port of its own because Odoo's may refuse. A
 * page from the web must not reach it: it looks at the Host header, and takes changes as JSON only.
 */
final class ControlRoute {

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  private final Simulator simulator;
  private final Vertx vertx;

  ControlRoute(Simulator simulator, Vertx vertx) {
    this.simulator = simulator;
    this.vertx = vertx;
  }

  void handle(HttpServerRequest request) {
    request
        .body()
        .onSuccess(
            body -> {
              String query = request.query() == null ? "" : request.query();
              Wire wire =
                  new Wire(
                      request.method().name(),
                      request.path(),
                      query,
                      request.headers(),
                      body.toString());
              // opening and closing a port waits for the event loop, so it cannot be done on it
              vertx
                  .executeBlocking(() -> answer(wire), true)
                  .onSuccess(answer -> send(request, answer));
            });
  }

  private static void send(HttpServerRequest request, Answer answer) {
    answer.headers().forEach(request.response()::putHeader);
    request
        .response()
        .setStatusCode(answer.status())
        .putHeader("Cache-Control", "no-store")
        .end(answer.body());
  }

  private Answer answer(Wire wire) {
    String host = wire.header("Host").orElse("").replaceFirst(":[0-9]+$", "");
    if (!LOOPBACK.contains(host)) {
      return problem(403, "Only for localhost, not for " + host);
    }
    try {
      return route(wire);
    } catch (NoSuchElementException missing) {
      return problem(404, missing.getMessage());
    } catch (IllegalArgumentException | UnsupportedOperationException wrong) {
      return problem(400, wrong.getMessage());
    }
  }

  private Answer route(Wire wire) {
    String[] path = wire.path().substring(1).split("/", -1);
    String what = wire.method() + " /" + path[0];
    return switch (path.length) {
      case 1 ->
          switch (what) {
            case "GET /" -> Answer.json(200, state());
            case "GET /fault" -> Answer.json(200, state().path("fault"));
            case "PUT /fault" -> switchOn(body(wire));
            case "DELETE /fault" -> switchOff();
            case "POST /release" -> release(wire);
            case "GET /partners" -> partners();
            case "POST /partners" -> Answer.json(201, show(simulator.create(body(wire))));
            default -> problem(404, "There is no " + what + "; GET / tells what there is");
          };
      case 2 ->
          switch (what) {
            case "GET /partners" -> Answer.json(200, show(existing(path[1])));
            case "PATCH /partners" ->
                Answer.json(200, show(simulator.edit(existing(path[1]).id(), body(wire))));
            case "DELETE /partners" -> {
              simulator.delete(existing(path[1]).id());
              yield new Answer(204, Map.of(), "");
            }
            default -> problem(404, "There is no " + what + "/...; GET / tells what there is");
          };
      default -> problem(404, "There is no " + wire.path() + "; GET / tells what there is");
    };
  }

  private Answer switchOn(JsonNode body) {
    FaultOrder order = FaultOrder.parse(body);
    simulator.fault(order.fault(), order.times(), order.only());
    return Answer.json(200, state());
  }

  private Answer switchOff() {
    simulator.clearFaults();
    return Answer.json(200, state());
  }

  private Answer release(Wire wire) {
    body(wire);
    simulator.release();
    return Answer.json(200, state());
  }

  private Answer partners() {
    var all = Json.array();
    simulator.partners().forEach(partner -> all.add(show(partner)));
    return Answer.json(200, all);
  }

  private Partner existing(String id) {
    if (!id.matches("[0-9]{1,18}")) {
      throw new IllegalArgumentException("\"" + id + "\" is not the id of a partner");
    }
    return simulator
        .partner(Long.parseLong(id))
        .orElseThrow(() -> new NoSuchElementException("there is no customer " + id));
  }

  private static JsonNode body(Wire wire) {
    JsonNode body = wire.isJson() ? Json.parse(wire.body()).orElse(null) : null;
    if (body == null || !body.isObject()) {
      throw new IllegalArgumentException("a change is a JSON object (application/json)");
    }
    return body;
  }

  private static ObjectNode show(Partner partner) {
    ObjectNode shown = Json.object().put("id", partner.id()).put("active", partner.active());
    shown.set("externalIds", Json.tree(partner.externalIds()));
    shown.set("values", Json.tree(partner.values()));
    return shown;
  }

  private ObjectNode state() {
    ObjectNode state = Json.object().put("what", "A stand-in Odoo for development and tests");
    state.put("version", simulator.version()).put("odoo", simulator.url().toString());
    state.put("database", simulator.database()).put("login", simulator.login());
    state.put("apiKey", simulator.apiKey());
    state.set("fault", FaultOrder.describe(simulator.activeFault().orElse(null)));
    state.put("hangingCalls", simulator.heldCalls());
    state.put("receivedCalls", simulator.calls().size());
    state.put("partners", simulator.partners().size());
    ObjectNode links = state.putObject("links");
    links.put("GET /", "this");
    links.put("PUT /fault", "{\"fault\": NAME, \"times\": 3, \"only\": \"res.partner.load\"}");
    links.put("names of faults", FaultOrder.NAMES);
    links.put("DELETE /fault", "all is well again");
    links.put("POST /release", "the calls that hang go on; the body is {}");
    links.put("GET /partners", "all customers");
    links.put("POST /partners", "the back office creates one: {\"name\": \"Zoe\"}");
    links.put("PATCH /partners/ID", "the back office edits one: {\"city\": \"Lyon\"}");
    links.put("DELETE /partners/ID", "the back office deletes one");
    return state;
  }

  private static Answer problem(int status, @Nullable String message) {
    return Answer.json(status, Json.object().put("message", message));
  }
}
