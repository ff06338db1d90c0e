package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists who may call the daemon. */
final class TokensCommand implements Command {

  private static final String PATH = "/api/v1/tokens";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  @Override
  public CommandSpec spec() {
    var revoke = new Revoke().spec();
    return Options.command("tokens", this, "Who may call the daemon, and when each last did.")
        .addSubcommand(revoke.name(), revoke);
  }

  @Override
  public int run(ParseResult given, Session session) {
    var answer = session.api().get(PATH);
    if (session.json()) {
      session.output().line(answer.text());
      return ExitCode.OK;
    }
    var tokens = answer.json().path("tokens");
    if (tokens.isEmpty()) {
      session.output().line("There are none. 'tillkeeper pair' lets a page in.");
    }
    tokens.forEach(token -> session.output().line(row(token, session)));
    return ExitCode.OK;
  }

  private static String row(JsonNode token, Session session) {
    var name = token.path("name").asText();
    return Output.plain(
        "%-8s  %-8s  %s%s, since %s, %s"
            .formatted(
                token.path("id").asText(),
                token.path("scope").asText(),
                token.path("holder").asText(),
                name.isEmpty() ? "" : " (" + name + ")",
                time(token.path("createdAt"), session),
                token.path("lastUsedAt").isTextual()
                    ? "last used " + time(token.path("lastUsedAt"), session)
                    : "never used"));
  }

  private static String time(JsonNode time, Session session) {
    return TIME.format(Instant.parse(time.asText()).atZone(session.zone()));
  }

  /** Has one be good for nothing. */
  private static final class Revoke implements Command {

    @Override
    public CommandSpec spec() {
      var spec = Options.command("revoke", this, "Has a token be good for nothing from now on.");
      spec.addPositional(Options.argument("ID", true, List.of(), "The id of a token."));
      return spec.addOption(Decisions.by());
    }

    @Override
    public int run(ParseResult given, Session session) {
      var id = given.matchedPositionalValue(0, "");
      if (!id.matches("[0-9a-f]{8}")) {
        throw CommandFailed.usage(
            "'%s' is not the id of a token; 'tillkeeper tokens' lists them."
                .formatted(Output.plain(id)));
      }
      var revoked =
          session.api().call("POST", PATH + "/" + id + "/revoke", Decisions.body(given, session));
      session
          .output()
          .line(
              session.json()
                  ? revoked.text()
                  : "The token of %s is good for nothing now."
                      .formatted(Output.plain(revoked.json().path("holder").asText())));
      return ExitCode.OK;
    }
  }
}
