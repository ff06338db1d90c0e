package io.tillkeeper.host.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Tries the link and sends what waits, at once. */
final class SyncCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command(
        "sync",
        this,
        "Tries the link and sends what waits, now.",
        "It does not wait for that: 'tillkeeper status --watch' shows it.");
  }

  @Override
  public int run(ParseResult given, Session session) {
    var status = session.api().call("POST", "/api/v1/sync", null);
    session.output().line(session.json() ? status.text() : "It is being tried.");
    return ExitCode.OK;
  }
}
