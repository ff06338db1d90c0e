package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The envelopes of JSON-RPC: a result or an error, always with status 200. */
final class JsonRpcAnswers {

  private final OdooVersion version;

  JsonRpcAnswers(OdooVersion version) {
    this.version = version;
  }

  Answer version(JsonNode id) {
    return result(id, versionInfo());
  }

  private ObjectNode versionInfo() {
    ObjectNode info = Json.object().put("server_version", version.code());
    info.set("server_version_info", Json.tree(List.of(version.major(), 0, 0, "final", 0, "")));
    return info.put("server_serie", version.code()).put("protocol_version", 1);
  }

  /** What a model call ended with. */
  Answer render(JsonNode id, Execution.Outcome outcome) {
    return switch (outcome) {
      case Execution.Outcome.Done done -> result(id, done.result());
      case Execution.Outcome.Raised raised -> error(id, raised.error());
    };
  }

  Answer result(JsonNode id, JsonNode result) {
    ObjectNode envelope = envelope(id);
    envelope.set("result", result);
    return Answer.json(200, envelope);
  }

  Answer error(JsonNode id, OdooError raised) {
    ObjectNode envelope = envelope(id);
    boolean recent = version.atLeast(OdooVersion.V19);
    ObjectNode error = envelope.putObject("error").put("code", recent ? 0 : 200);
    raised.describe(error.put("message", "Odoo Server Error").putObject("data"), !recent);
    return Answer.json(200, envelope);
  }

  private static ObjectNode envelope(JsonNode id) {
    ObjectNode envelope = Json.object().put("jsonrpc", "2.0");
    if (id.isMissingNode()) {
      return envelope.putNull("id");
    }
    envelope.set("id", id);
    return envelope;
  }
}
