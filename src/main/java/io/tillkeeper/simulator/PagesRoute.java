package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** What is asked without a login: health and version; everything else is not found. */
final class PagesRoute {

  private final OdooVersion version;

  PagesRoute(OdooVersion version) {
    this.version = version;
  }

  Incoming read(Wire wire) {
    return switch (wire.path()) {
      case "/web/health" ->
          Incoming.plain(
              wire.path(),
              conditions ->
                  wire.query().contains("db_server_status=1")
                      ? databaseHealth(conditions.databaseDown())
                      : health(200, Json.object().put("status", "pass")));
      case "/web/version", "/json/version" ->
          Incoming.plain(
              wire.path(),
              version.hasJson2() ? Answer.json(200, versionNumbers()) : Answer.notFound());
      default -> Incoming.plain(wire.path(), Answer.notFound());
    };
  }

  private static Answer databaseHealth(boolean down) {
    ObjectNode body = Json.object().put("status", down ? "fail" : "pass");
    return health(down ? 500 : 200, body.put("db_server_status", !down));
  }

  private static Answer health(int status, ObjectNode body) {
    return new Answer(status, Map.of("Content-Type", "application/json"), Json.text(body));
  }

  private ObjectNode versionNumbers() {
    ObjectNode body = Json.object();
    body.set("version_info", Json.tree(List.of(version.major(), 0, 0, "final", 0, "")));
    return body.put("version", version.code());
  }
}
