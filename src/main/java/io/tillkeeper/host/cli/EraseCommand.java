package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Erases what the till keeps of a person. */
final class EraseCommand implements Command {

  private static final List<String> NAMES = List.of("customer", "email", "phone");

  @Override
  public CommandSpec spec() {
    return Options.command(
            "erase",
            this,
            "Erases what this till keeps of a person.",
            "What is still to be delivered is erased when it is in Odoo, which is not told.")
        .addOption(Options.value("--customer", "REF", "The customer's ref, or odoo:ID."))
        .addOption(Options.value("--email", "ADDRESS", "Whoever has or had this e-mail address."))
        .addOption(Options.value("--phone", "NUMBER", "Whoever has or had this phone number."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var body = Decisions.body(given, session);
    NAMES.stream()
        .filter(name -> given.hasMatchedOption("--" + name))
        .forEach(name -> body.put(name, given.matchedOptionValue("--" + name, "")));
    var answer = session.api().call("POST", "/api/v1/erasures", body);
    var left = answer.json().path("notDelivered");
    if (session.json()) {
      session.output().line(answer.text());
    } else {
      session
          .output()
          .line(
              "Erased: %s, and the values of %s."
                  .formatted(
                      Words.count(answer.json().path("customers").asLong(), "customer"),
                      Words.count(answer.json().path("operations").asLong(), "operation")));
      if (!left.isEmpty()) {
        session
            .output()
            .line(
                "Left for now, since it is still to be delivered: %s. It is erased within the hour after it is in Odoo."
                    .formatted(
                        left.valueStream()
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(", "))));
      }
    }
    return left.isEmpty() ? ExitCode.OK : ExitCode.NOT_WELL;
  }
}
