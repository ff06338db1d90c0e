package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import java.util.Map;

/** JSON-2, the API of Odoo 19 and on: named arguments in, the bare result out. */
final class Json2 implements Dialect {

  private final HttpWire wire;
  private final String database;
  private final ApiKey key;

  Json2(HttpWire wire, String database, ApiKey key) {
    this.wire = wire;
    this.database = database;
    this.key = key;
  }

  @Override
  public Answer call(OdooCall call) {
    ObjectNode body = call.arguments().deepCopy();
    body.setAll(call.keywords());
    body.set("context", call.context());
    Map<String, String> headers =
        Map.of("Authorization", "bearer " + key.secret(), "X-Odoo-Database", database);
    String path = "/json/2/" + call.model() + "/" + call.method();
    return switch (wire.post(path, headers, body)) {
      case WireAnswer.Json json when json.status() == 200 -> new Result(json.body());
      case WireAnswer.Json json -> failure(json.status(), json.body());
      case WireAnswer.RequestTooLarge() -> ErrorTable.requestTooLarge();
      // A wrong database and a database server that is down look the same here; the probe tells.
      case WireAnswer.NoSuchPage() ->
          throw new LinkLost(LinkCause.DATABASE_DOWN, "HTTP status 404 with a page", null, null);
    };
  }

  private Failure failure(int status, JsonNode body) {
    JsonNode name = body.path("name");
    JsonNode message = body.path("message");
    if (!name.isTextual() || !message.isTextual()) {
      throw ErrorTable.notAnError(status);
    }
    return new Failure(name.textValue(), key.hideIn(message.textValue()));
  }
}
