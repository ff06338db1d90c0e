package io.tillkeeper.host.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Gives a held operation up. */
final class DiscardCommand implements Command {

  private static final String REASON = "--reason";

  @Override
  public CommandSpec spec() {
    return Options.command(
            "discard",
            this,
            "Gives a held operation up.",
            "It does not come into Odoo. The history keeps who did it and why.")
        .addPositional(Options.id(true))
        .addOption(Options.value(REASON, "TEXT", "Why; needed."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var id = Options.id(given);
    var reason = given.matchedOptionValue(REASON, "");
    if (reason.isBlank()) {
      throw CommandFailed.usage(
          "Say why, for the history: tillkeeper discard %s --reason TEXT.".formatted(id));
    }
    return Decisions.decide(
        id, "discard", Decisions.body(given, session).put("reason", reason), session);
  }
}
