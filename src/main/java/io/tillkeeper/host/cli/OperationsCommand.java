package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The queue, page by page, or one operation with its history. */
final class OperationsCommand implements Command {

  private static final String STATE = "--state";
  private static final String CUSTOMER = "--customer";
  private static final String LIMIT = "--limit";
  private static final String AFTER = "--after";
  private static final String PATH = "/api/v1/operations";
  private static final List<String> STATES =
      List.of("pending", "sending", "delivered", "held", "discarded");

  @Override
  public CommandSpec spec() {
    var show = new Show().spec();
    return Options.command(
            "operations",
            this,
            "What was accepted, and what became of it.",
            "With an ID, that one with its history and the command that settles it.")
        .addPositional(Options.id(false))
        .addOption(Options.word(STATE, "STATE", STATES, "Only those in this state."))
        .addOption(
            Options.value(CUSTOMER, "REF", "Only those of this customer: a ref, or odoo:ID."))
        .addOption(Options.value(LIMIT, "NUMBER", "How many at the most, 1 to 500; 50 otherwise."))
        .addOption(Options.value(AFTER, "ID", "Those after this one: the next page."))
        .addSubcommand(show.name(), show);
  }

  @Override
  public int run(ParseResult given, Session session) {
    if (given.hasMatchedPositional(0)) {
      return show(Options.id(given), session);
    }
    var page = session.api().get(PATH + query(given));
    if (session.json()) {
      session.output().line(page.text());
    } else {
      list(page.json(), session);
    }
    return ExitCode.OK;
  }

  private static String query(ParseResult given) {
    var limit = given.matchedOptionValue(LIMIT, "50");
    var query =
        new StringBuilder("?limit=")
            .append(Options.wholeNumber(limit, "--limit is a number from 1 to 500, not '%s'."));
    if (given.hasMatchedOption(STATE)) {
      var state = Options.oneOf(STATES, given.matchedOptionValue(STATE, ""), "state");
      query.append("&state=").append(state);
    }
    if (given.hasMatchedOption(AFTER)) {
      query.append("&after=").append(Options.id(given.matchedOptionValue(AFTER, "")));
    }
    if (given.hasMatchedOption(CUSTOMER)) {
      query
          .append("&customer=")
          .append(
              URLEncoder.encode(given.matchedOptionValue(CUSTOMER, ""), StandardCharsets.UTF_8));
    }
    return query.toString();
  }

  private static void list(JsonNode page, Session session) {
    var operations = page.path("operations");
    if (operations.isEmpty()) {
      session.output().line("There are none.");
      return;
    }
    session.output().line(session.output().painted(Tone.QUIET, OperationText.HEAD));
    operations.forEach(operation -> session.output().line(text(operation, session).row()));
    if (page.path("next").isNumber()) {
      session
          .output()
          .note("There are more: --after %d shows them.".formatted(page.path("next").asLong()));
    }
  }

  private static int show(String id, Session session) {
    var operation = session.api().get(PATH + "/" + id);
    if (session.json()) {
      session.output().line(operation.text());
    } else {
      text(operation.json(), session).lines().forEach(session.output()::line);
    }
    return ExitCode.OK;
  }

  private static OperationText text(JsonNode operation, Session session) {
    return new OperationText(
        operation, session.output(), session.clock().instant(), session.zone());
  }

  /** {@code operations show ID}, which is what {@code operations ID} is short for. */
  private static final class Show implements Command {

    @Override
    public CommandSpec spec() {
      return Options.command("show", this, "One operation with its history.")
          .addPositional(Options.id(true));
    }

    @Override
    public int run(ParseResult given, Session session) {
      return show(Options.id(given), session);
    }
  }
}
