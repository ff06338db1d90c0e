package io.tillkeeper.host.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Has the daemon read the key and the certificates anew; what {@code systemctl reload} runs. */
final class ReloadCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command(
        "reload",
        this,
        "Reads the API key and the certificates anew, and tries the link.",
        "The rest of the configuration, and a key that systemd hands over, is read at a start only.");
  }

  @Override
  public int run(ParseResult given, Session session) {
    var status = session.api().call("POST", "/api/v1/reload", null);
    session.output().line(session.json() ? status.text() : "They are read anew.");
    return ExitCode.OK;
  }
}
