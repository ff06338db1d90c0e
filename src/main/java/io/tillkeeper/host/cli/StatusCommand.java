package io.tillkeeper.host.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The state of it all, once or as it changes. */
final class StatusCommand implements Command {

  private static final String WATCH = "--watch";

  @Override
  public CommandSpec spec() {
    return Options.command(
            "status",
            this,
            "How it all is: the link, the queue, the mode.",
            "Ends with 1 when it needs somebody: something is held, the link is blocked, or nothing is accepted.")
        .addOption(Options.flag(WATCH, "Goes on and shows each change, until it is interrupted."));
  }

  @Override
  public int run(ParseResult given, Session session) {
    if (given.hasMatchedOption(WATCH)) {
      return new Watch(session).run();
    }
    return show(session.api().get("/api/v1/status"), session);
  }

  /** Shows a status that the daemon answered with. */
  static int show(LocalApi.Reply reply, Session session) {
    var text =
        new StatusText(reply.json(), session.output(), session.clock().instant(), session.zone());
    if (session.json()) {
      session.output().line(reply.text());
    } else {
      text.lines().forEach(session.output()::line);
    }
    return text.needsSomebody() ? ExitCode.NOT_WELL : ExitCode.OK;
  }
}
