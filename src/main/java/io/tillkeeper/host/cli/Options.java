package io.tillkeeper.host.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** What commands are made of, made in one way. */
final class Options {

  private Options() {}

  /**
   * A command.
   *
   * @param summary what it does, in a few words, for the list of them
   * @param description what there is to know besides
   */
  static CommandSpec command(String name, Command does, String summary, String... description) {
    var spec = CommandSpec.wrapWithoutInspection(does).name(name);
    spec.usageMessage().header(summary).description(description);
    return spec;
  }

  /** What has commands of its own and does nothing itself. */
  static CommandSpec group(String name, String description) {
    var spec = CommandSpec.create().name(name);
    spec.usageMessage().header(description);
    return spec;
  }

  static OptionSpec flag(String name, String description) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
  }

  static OptionSpec value(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  /** One of a few words; whether it is one, is for the command to say. */
  static OptionSpec word(String name, String label, List<String> words, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .completionCandidates(words)
        .description(description)
        .build();
  }

  /** May be given several times. */
  static OptionSpec values(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(List.class)
        .auxiliaryTypes(String.class)
        .arity("1")
        .paramLabel(label)
        .description(description)
        .build();
  }

  static PositionalParamSpec argument(
      String label, boolean required, List<String> words, String description) {
    return PositionalParamSpec.builder()
        .index("0")
        .arity(required ? "1" : "0..1")
        .type(String.class)
        .paramLabel(label)
        .completionCandidates(words)
        .description(description)
        .build();
  }

  /** The id of an operation. */
  static PositionalParamSpec id(boolean required) {
    return argument("ID", required, List.of(), "The id of an operation.");
  }

  /**
   * Reads an id.
   *
   * @throws CommandFailed when it is none
   */
  static String id(ParseResult given) {
    return id(given.matchedPositionalValue(0, ""));
  }

  static String id(String text) {
    return wholeNumber(text, "'%s' is not the id of an operation, which is a whole number.");
  }

  static String wholeNumber(String text, String otherwise) {
    if (!text.matches("\\d{1,18}")) {
      throw CommandFailed.usage(otherwise.formatted(text));
    }
    return text;
  }

  /** Reads the name of a file. */
  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw CommandFailed.usage("'%s' is not the name of a file.".formatted(Output.plain(name)));
    }
  }

  /**
   * Reads one of a few words.
   *
   * @throws CommandFailed when it is none
   */
  static String oneOf(List<String> words, String text, String what) {
    if (!words.contains(text)) {
      var last = words.size() - 1;
      throw CommandFailed.usage(
          "'%s' is no %s: it is %s or %s."
              .formatted(text, what, String.join(", ", words.subList(0, last)), words.get(last)));
    }
    return text;
  }
}
