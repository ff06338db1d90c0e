package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.host.BoxConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What is in a support bundle, by the name of the file in it. What could hold a customer's data is
 * taken by name, and everything else left out; a text goes through {@link Redaction}. A part that
 * cannot be had says why.
 */
final class Bundle {

  private static final String LAST_LINES = "2000";
  private static final String PAGE = "/api/v1/operations?limit=500&order=newest&state=";

  /** Those that are not delivered are what somebody asks for help about. */
  private static final List<String> STATES = List.of("held", "sending", "pending", "discarded");

  private static final Path OS_RELEASE = Path.of("/etc/os-release");
  private static final Path MEMORY = Path.of("/proc/meminfo");

  private final Session session;

  Bundle(Session session) {
    this.session = session;
  }

  Map<String, String> parts() {
    var parts = new LinkedHashMap<String, String>();
    BoxConfig config;
    try {
      config = session.config();
    } catch (CommandFailed wrong) {
      parts.put("configuration.txt", String.join("\n", wrong.sentences()) + "\n");
      parts.put("system.txt", system("unknown: the configuration is wrong"));
      return parts;
    }
    var redaction = Redaction.of(config);
    var api = session.api();
    parts.put("system.txt", system(config.version()));
    parts.put("configuration.txt", redaction.configuration());
    parts.put("status.json", had(() -> api.get("/api/v1/status").json().toPrettyString()));
    parts.put("health.json", had(() -> api.text("/q/health")));
    parts.put("metrics.txt", had(() -> api.text("/q/metrics")));
    for (var state : STATES) {
      parts.put(
          "operations-" + state + ".json", had(() -> operations(api.get(PAGE + state).json())));
    }
    parts.put(
        "doctor.json",
        had(() -> DoctorCommand.json(new Doctor(session).findings()).toPrettyString()));
    parts.put("log.txt", log());
    parts.replaceAll((name, text) -> redaction.redact(text));
    return parts;
  }

  private static String had(Supplier<String> part) {
    try {
      return part.get();
    } catch (CommandFailed failed) {
      return String.join(" ", failed.sentences()) + "\n";
    }
  }

  /** Ids, states, reasons and times: what is not named here is not in it. */
  static String operations(JsonNode page) {
    var list = LocalApi.JSON.createArrayNode();
    for (var operation : page.path("operations")) {
      var kept = list.addObject();
      keep(operation, kept, "id", "kind", "state", "acceptedAt", "stateSince", "notBefore");
      keep(operation.path("customer"), kept, "ref", "odooId");
      keep(operation.path("held"), kept, "reason", "field");
      var disputed = kept.putArray("disputed");
      operation.path("disputes").forEach(dispute -> disputed.add(dispute.path("field").asText()));
      kept.put("candidates", operation.path("candidates").size());
      var history = kept.putArray("history");
      operation
          .path("history")
          .forEach(entry -> keep(entry, history.addObject(), "at", "event", "detail", "times"));
    }
    return list.toPrettyString();
  }

  private static void keep(JsonNode from, ObjectNode into, String... names) {
    for (var name : names) {
      if (from.has(name)) {
        into.set(name, from.get(name));
      }
    }
  }

  private String system(String version) {
    var text = new StringBuilder();
    text.append("tillkeeper: ").append(version).append('\n');
    text.append("time: ")
        .append(session.clock().instant())
        .append(' ')
        .append(session.zone())
        .append('\n');
    for (var property :
        List.of("os.name", "os.version", "os.arch", "java.vm.name", "java.version")) {
      text.append(property).append(": ").append(System.getProperty(property, "")).append('\n');
    }
    text.append("processors: ").append(Runtime.getRuntime().availableProcessors()).append('\n');
    text.append(file(OS_RELEASE)).append(file(MEMORY));
    text.append(ProcessOutput.of(List.of("df", "-h")).orElse("df: not there\n"));
    text.append(
        ProcessOutput.of(List.of("systemctl", "status", "tillkeeper", "--no-pager", "--lines=0"))
            .orElse("systemctl: does not know tillkeeper as a running service\n"));
    return text.toString();
  }

  private static String file(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return file + ": not there\n";
    }
  }

  private static String log() {
    return ProcessOutput.of(
            List.of(
                "journalctl",
                "--unit=tillkeeper",
                "--no-pager",
                "--output=short-iso",
                "--no-hostname",
                "--lines=" + LAST_LINES))
        .orElse("journalctl is not there, or you may not read it: try it as root.\n");
  }
}
