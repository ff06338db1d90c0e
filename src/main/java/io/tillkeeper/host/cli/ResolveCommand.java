package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Settles a conflict, field by field, who a new customer is, or that a missing one comes back. */
final class ResolveCommand implements Command {

  private static final String MINE = "--mine";
  private static final String THEIRS = "--theirs";
  private static final String LINK = "--link";
  private static final String CREATE = "--create";

  @Override
  public CommandSpec spec() {
    return Options.command(
            "resolve",
            this,
            "Settles a conflict or a duplicate, or brings a missing customer back.",
            "A conflict by saying for each field whose value it is to have, a duplicate by saying who it is,"
                + " a missing one by --create.")
        .addPositional(Options.id(true))
        .addOption(Options.values(MINE, "FIELD", "This field as the till has it; may be repeated."))
        .addOption(Options.values(THEIRS, "FIELD", "This field as Odoo has it; may be repeated."))
        .addOption(
            Options.value(LINK, "NUMBER", "The customer is the partner with this id in Odoo."))
        .addOption(Options.flag(CREATE, "The customer is somebody new, or is to come back."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var id = Options.id(given);
    var body = Decisions.body(given, session);
    var sides = given.hasMatchedOption(MINE) || given.hasMatchedOption(THEIRS);
    var link = given.hasMatchedOption(LINK);
    var create = given.hasMatchedOption(CREATE);
    if ((sides ? 1 : 0) + (link ? 1 : 0) + (create ? 1 : 0) != 1) {
      throw CommandFailed.usage(
          "Say how: --mine and --theirs for a conflict; --link or --create for a duplicate;"
              + " --create for a missing one.");
    }
    if (sides) {
      var fields = body.putObject("fields");
      put(fields, given.matchedOptionValue(MINE, List.of()), "mine");
      put(fields, given.matchedOptionValue(THEIRS, List.of()), "theirs");
    } else if (link) {
      var partner = given.matchedOptionValue(LINK, "");
      body.put(
          "link",
          Long.parseLong(
              Options.wholeNumber(
                  partner, "'%s' is not the id of a partner in Odoo, which is a whole number.")));
    } else {
      body.put("create", true);
    }
    return Decisions.decide(id, "resolve", body, session);
  }

  private static void put(ObjectNode fields, List<String> given, String side) {
    given.stream()
        .flatMap(names -> Arrays.stream(names.split(",")))
        .filter(name -> !name.isBlank())
        .forEach(
            name -> {
              if (fields.has(name)) {
                throw CommandFailed.usage("'%s' can have one value only.".formatted(name));
              }
              fields.put(name, side);
            });
  }
}
