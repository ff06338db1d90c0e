package io.tillkeeper.host.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where a command writes: what it was asked for to one side, what is wrong to the other. */
final class Output {

  /** Linux tells here what the standard output is. */
  private static final Path STANDARD_OUTPUT = Path.of("/proc/self/fd/1");

  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;
  private final boolean colours;

  Output(PrintStream out, PrintStream err, boolean terminal, boolean colours) {
    this.out = out;
    this.err = err;
    this.terminal = terminal;
    this.colours = colours;
  }

  /** Of this process; in UTF-8, as what it shows is. */
  static Output ofProcess(Map<String, String> environment) {
    var terminal = standardOutputIsTerminal();
    return new Output(
        new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        terminal,
        terminal
            && environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !environment.getOrDefault("TERM", "").equals("dumb"));
  }

  /** Java's own answer is about the input as well. */
  private static boolean standardOutputIsTerminal() {
    try {
      var file = Files.readSymbolicLink(STANDARD_OUTPUT).toString();
      return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty");
    } catch (IOException e) {
      return System.console() != null;
    }
  }

  Output withoutColours() {
    return new Output(out, err, terminal, false);
  }

  boolean isTerminal() {
    return terminal;
  }

  /**
   * The text as it is meant; without colours it is the same text.
   *
   * @param text of this program's own: {@link #plain} is for all other
   */
  String painted(Tone tone, String text) {
    return colours ? tone.paint(text) : text;
  }

  /** A text of somebody else's, without what a terminal would take for a command. */
  static String plain(String text) {
    var shown = new StringBuilder(text.length());
    text.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(shown::appendCodePoint);
    return shown.toString();
  }

  void line(String text) {
    out.println(text);
  }

  /** As it is. */
  void raw(String text) {
    out.print(text);
    out.flush();
  }

  void error(String sentence) {
    err.println(painted(Tone.BAD, sentence));
  }

  void note(String sentence) {
    err.println(sentence);
  }

  /** Whether nobody reads any more. */
  boolean isClosed() {
    return out.checkError();
  }

  PrintStream out() {
    return out;
  }
}
