package io.tillkeeper.host.cli;

import picocli.CommandLine;

/** One clear sentence about a command line that cannot be understood. */
final class UsageError {

  private UsageError() {}

  static CommandFailed of(CommandLine.ParameterException wrong) {
    return CommandFailed.usage(sentence(wrong));
  }

  private static String sentence(CommandLine.ParameterException wrong) {
    if (wrong instanceof CommandLine.UnmatchedArgumentException unknown
        && !unknown.getUnmatched().isEmpty()) {
      return unknown(unknown);
    }
    var message = Output.plain(String.valueOf(wrong.getMessage()));
    return message + (message.endsWith(".") ? "" : ".");
  }

  private static String unknown(CommandLine.UnmatchedArgumentException unknown) {
    var word = Output.plain(unknown.getUnmatched().getFirst());
    var command = unknown.getCommandLine().getCommandSpec().qualifiedName();
    var help = "'%s --help' tells what there is.".formatted(command);
    if (word.startsWith("-")) {
      return "There is no option '%s' here; %s".formatted(word, help);
    }
    var hasCommands = !unknown.getCommandLine().getSubcommands().isEmpty();
    var meant =
        unknown.getSuggestions().stream()
            .findFirst()
            .filter(suggested -> hasCommands)
            .map(suggested -> " Did you mean '%s'?".formatted(suggested))
            .orElse("");
    return hasCommands
        ? "There is no command '%s'.%s %s".formatted(word, meant, help)
        : "'%s' is too much here; %s".formatted(word, help);
  }
}
