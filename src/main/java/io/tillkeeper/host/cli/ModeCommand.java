package io.tillkeeper.host.cli;

import io.tillkeeper.sync.Mode;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Says or sets the mode. */
final class ModeCommand implements Command {

  private static final List<String> MODES = Arrays.stream(Mode.values()).map(Mode::code).toList();

  @Override
  public CommandSpec spec() {
    return Options.command(
            "mode",
            this,
            "Says the mode, or sets it.",
            "auto delivers whenever Odoo can be reached, offline never calls Odoo, online-only accepts nothing while the link is not up.")
        .addPositional(Options.argument("MODE", false, MODES, "auto, offline or online-only."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var wanted = given.matchedPositionalValue(0, "");
    if (wanted.isEmpty()) {
      say(session.api().get("/api/v1/status"), session);
      return ExitCode.OK;
    }
    Options.oneOf(MODES, wanted, "mode");
    var body = Decisions.body(given, session).put("mode", wanted);
    say(session.api().call("PUT", "/api/v1/mode", body), session);
    return ExitCode.OK;
  }

  private static void say(LocalApi.Reply status, Session session) {
    session.output().line(session.json() ? status.text() : status.json().path("mode").asText());
  }
}
