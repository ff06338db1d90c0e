package io.tillkeeper.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.queue.HeldReason;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Sends held operations again, one with corrected values if need be. */
final class RetryCommand implements Command {

  private static final String SET = "--set";
  private static final String REASON = "--reason";
  private static final List<String> REASONS =
      Arrays.stream(HeldReason.values()).map(HeldReason::code).toList();

  @Override
  public CommandSpec spec() {
    return Options.command(
            "retry",
            this,
            "Sends held operations again.",
            "One, with corrected values if need be, or all that are held for one reason.")
        .addPositional(Options.id(false))
        .addOption(
            Options.values(
                SET,
                "FIELD=VALUE",
                "A value to send instead, such as email=ana@example.com; nothing after the = empties the field, := is for JSON. May be repeated."))
        .addOption(Options.word(REASON, "REASON", REASONS, "All that are held for this reason."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var body = Decisions.body(given, session);
    List<String> values = given.matchedOptionValue(SET, List.of());
    var reason = given.matchedOptionValue(REASON, "");
    if (given.hasMatchedPositional(0) == !reason.isEmpty()) {
      throw CommandFailed.usage(
          "Say which: the id of an operation, or --reason for all that are held for one.");
    }
    if (reason.isEmpty()) {
      var id = Options.id(given);
      if (!values.isEmpty()) {
        var corrected = body.putObject("values");
        values.forEach(value -> put(corrected, value));
      }
      return Decisions.decide(id, "retry", body, session);
    }
    if (!values.isEmpty()) {
      throw CommandFailed.usage("--set is for one operation, and not for all of a reason.");
    }
    return Decisions.retryAll(
        body.put("reason", Options.oneOf(REASONS, reason, "reason")), session);
  }

  private static void put(ObjectNode values, String given) {
    var at = given.indexOf('=');
    var json = at > 0 && given.charAt(at - 1) == ':';
    var field = at < 0 ? "" : given.substring(0, json ? at - 1 : at);
    if (field.isBlank()) {
      throw CommandFailed.usage("--set takes FIELD=VALUE, such as email=ana@example.com.");
    }
    var value = given.substring(at + 1);
    if (json) {
      values.set(field, parsed(field, value));
    } else if (value.isEmpty()) {
      values.putNull(field);
    } else {
      values.put(field, value);
    }
  }

  private static JsonNode parsed(String field, String value) {
    try {
      return LocalApi.JSON.readTree(value);
    } catch (JsonProcessingException e) {
      throw CommandFailed.usage(
          "What is after '%s:=' is not JSON; for a text it is '%s='.".formatted(field, field));
    }
  }
}
