package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a command with a sentence for the one who gave it. */
final class CommandFailed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<String> sentences;
  private final int exitCode;
  private final transient @Nullable JsonNode problem;

  CommandFailed(int exitCode, String sentence) {
    this(exitCode, List.of(sentence), null);
  }

  CommandFailed(int exitCode, List<String> sentences) {
    this(exitCode, sentences, null);
  }

  /**
   * With what the daemon answered.
   *
   * @param problem the problem response; null when there was none
   */
  CommandFailed(int exitCode, List<String> sentences, @Nullable JsonNode problem) {
    super(String.join(" ", sentences), null, false, false); // for the caller, not for a log
    this.sentences = List.copyOf(sentences);
    this.exitCode = exitCode;
    this.problem = problem;
  }

  /** It was called in a wrong way. */
  static CommandFailed usage(String sentence) {
    return new CommandFailed(ExitCode.USAGE, sentence);
  }

  List<String> sentences() {
    return sentences;
  }

  int exitCode() {
    return exitCode;
  }

  @Nullable JsonNode problem() {
    return problem;
  }
}
