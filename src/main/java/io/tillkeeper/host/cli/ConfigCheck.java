package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * Says whether the daemon would start with this configuration. It is what systemd runs before the
 * daemon: it reads, and neither writes nor calls anybody.
 */
final class ConfigCheck implements Command {

  static CommandSpec group() {
    var group = Options.group("config", "The configuration.");
    var check = new ConfigCheck().spec();
    return group.addSubcommand(check.name(), check);
  }

  @Override
  public CommandSpec spec() {
    return Options.command(
        "check",
        this,
        "Says what is wrong with the configuration.",
        "One sentence for each key. Nothing is written, and nobody is called.");
  }

  @Override
  public int run(ParseResult given, Session session) {
    List<String> problems;
    var exitCode = ExitCode.CONFIG;
    try {
      problems = session.config().problems();
    } catch (CommandFailed wrong) {
      problems = wrong.sentences();
      exitCode = wrong.exitCode();
    }
    if (session.json()) {
      var json = JsonNodeFactory.instance.objectNode().put("good", problems.isEmpty());
      problems.forEach(json.putArray("problems")::add);
      session.output().line(json.toString());
    } else {
      problems.forEach(session.output()::error);
      if (problems.isEmpty()) {
        session.output().line("The configuration is good.");
      }
    }
    return problems.isEmpty() ? ExitCode.OK : exitCode;
  }
}
