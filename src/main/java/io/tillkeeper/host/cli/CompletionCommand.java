package io.tillkeeper.host.cli;

import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Prints what lets a shell complete all this. */
final class CompletionCommand implements Command {

  private static final List<String> SHELLS = List.of("bash");

  @Override
  public CommandSpec spec() {
    return Options.command(
            Commands.COMPLETION,
            this,
            "Prints the completion for a shell.",
            "Use it by 'source <(tillkeeper completion bash)'.")
        .addPositional(Options.argument("SHELL", true, SHELLS, "bash."));
  }

  @Override
  public int run(ParseResult given, Session session) {
    var shell = given.matchedPositionalValue(0, "");
    if (!SHELLS.contains(shell)) {
      throw CommandFailed.usage("There is no completion for '%s', only for bash.".formatted(shell));
    }
    session
        .output()
        .raw(AutoComplete.bash(Commands.NAME, given.commandSpec().root().commandLine()));
    return ExitCode.OK;
  }
}
