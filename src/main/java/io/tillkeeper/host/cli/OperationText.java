package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** An operation as a person reads it: in a list, or with all that is known of it. */
record OperationText(JsonNode operation, Output output, Instant now, ZoneId zone) {

  private static final String ROW = "%6s  %-9s  %-6s  %-16s  %s";
  private static final String UNNAMED = "(no name in this change)";

  static final String HEAD = ROW.formatted("ID", "STATE", "KIND", "ACCEPTED", "CUSTOMER");

  String row() {
    var why =
        operation.has("held") ? "  " + text("/held/reason") + ": " + text("/held/message") : "";
    var state = text("/state");
    // padded before it is painted, or the colour would count
    return ROW.formatted(
            operation.path("id").asText(),
            "\u0001",
            text("/kind"),
            time("/acceptedAt"),
            customer() + why)
        .replace("%-9s".formatted("\u0001"), painted(state, "%-9s".formatted(state)));
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(
        "Operation %s: %s of %s"
            .formatted(operation.path("id").asText(), text("/kind"), customer()));
    lines.add(
        "State:     %s since %s"
            .formatted(painted(text("/state"), text("/state")), time("/stateSince")));
    if (operation.has("held")) {
      lines.add("Reason:    " + text("/held/reason") + ": " + text("/held/message"));
      lines.add("Odoo says: " + text("/held/words"));
      lines.add("Decide by: " + Advice.on(operation));
    }
    if (operation.has("discarded")) {
      lines.add("Discarded: %s, by %s".formatted(text("/discarded/reason"), text("/discarded/by")));
    }
    lines.add("Customer:  ref %s, %s".formatted(text("/customer/ref"), inOdoo()));
    lines.addAll(values("Values:", operation.path("values")));
    lines.addAll(values("Corrected:", operation.path("corrected")));
    operation.path("disputes").forEach(dispute -> lines.add(dispute(dispute)));
    operation.path("candidates").forEach(candidate -> lines.add(candidate(candidate)));
    lines.add("History:");
    operation.path("history").forEach(entry -> lines.add(entry(entry)));
    return lines;
  }

  private String painted(String state, String text) {
    return switch (state) {
      case "held" -> output.painted(Tone.BAD, text);
      case "delivered" -> output.painted(Tone.GOOD, text);
      case "discarded" -> output.painted(Tone.QUIET, text);
      default -> output.painted(Tone.WARNING, text);
    };
  }

  private String customer() {
    var name = text("/corrected/name").isEmpty() ? text("/values/name") : text("/corrected/name");
    return name.isEmpty() ? UNNAMED : name;
  }

  private String inOdoo() {
    var id = operation.at("/customer/odooId");
    return id.isNumber()
        ? "partner %d in the database %s".formatted(id.asLong(), text("/customer/database"))
        : "not in Odoo yet";
  }

  private static List<String> values(String title, JsonNode values) {
    var lines = new ArrayList<String>();
    if (!values.isEmpty()) {
      lines.add(title);
      values
          .properties()
          .forEach(
              value ->
                  lines.add(
                      "  %-16s %s"
                          .formatted(Output.plain(value.getKey()), shown(value.getValue()))));
    }
    return lines;
  }

  private static String dispute(JsonNode dispute) {
    return "Dispute:   %s: the till %s, Odoo %s (before %s); decided: %s"
        .formatted(
            Output.plain(dispute.path("field").asText()),
            shown(dispute.path("till")),
            shown(dispute.path("odoo")),
            shown(dispute.path("base")),
            dispute.path("decision").asText());
  }

  private static String candidate(JsonNode candidate) {
    var matches =
        StreamSupport.stream(candidate.path("matchedBy").spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(", "));
    return "Candidate: partner %d%s, %s; the same %s"
        .formatted(
            candidate.path("odooId").asLong(),
            candidate.path("archived").asBoolean() ? " (archived)" : "",
            shown(candidate.at("/values/name")),
            Output.plain(matches));
  }

  private String entry(JsonNode entry) {
    var detail = entry.path("detail").asText("");
    var by = entry.path("by").asText("");
    var times = entry.path("times").asInt(1);
    return "  %s  %s%s%s%s"
        .formatted(
            Words.instant(entry.path("at").asText())
                .map(at -> Words.time(at, now, zone))
                .orElse(""),
            Output.plain(entry.path("event").asText()),
            detail.isEmpty() ? "" : " (" + Output.plain(detail) + ")",
            by.isEmpty() ? "" : " by " + Output.plain(by),
            times > 1 ? ", %d times in a row".formatted(times) : "");
  }

  private static String shown(JsonNode value) {
    return value.isNull() || value.isMissingNode()
        ? "(empty)"
        : Output.plain(value.isTextual() ? value.textValue() : value.toString());
  }

  private String time(String pointer) {
    return Words.instant(text(pointer)).map(at -> Words.time(at, now, zone)).orElse("");
  }

  private String text(String pointer) {
    var node = operation.at(pointer);
    return node.isTextual() ? Output.plain(node.textValue()) : "";
  }
}
