package io.tillkeeper.host.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/**
 * The command line. Its one model is what is parsed by, what the help prints and what the
 * completion is made of.
 */
public final class Commands {

  static final String NAME = "tillkeeper";

  private static final String CONFIG = "--config";
  private static final String URL = "--url";
  private static final String JSON = "--json";
  private static final String NO_COLOUR = "--no-color";

  static final String COMPLETION = "completion";

  private final Output output;
  private final Map<String, String> environment;
  private final InstantSource clock;

  /** What the arguments are read by; as long as there are none, one without options. */
  private CommandSpec root = CommandSpec.create();

  Commands(Output output, Map<String, String> environment, InstantSource clock) {
    this.output = output;
    this.environment = environment;
    this.clock = clock;
  }

  /**
   * Runs the command that the arguments name.
   *
   * @return what the process ends with; empty when they name none, and the daemon is to run
   */
  public static OptionalInt run(String... args) {
    var environment = System.getenv();
    return new Commands(Output.ofProcess(environment), environment, InstantSource.system())
        .execute(args);
  }

  OptionalInt execute(String... args) {
    try {
      if (args.length == 0) {
        session(output).useConfigFile();
        return OptionalInt.empty();
      }
      root = root(args[0]);
      return run(
          new CommandLine(root)
              .setOut(new PrintWriter(output.out(), true))
              .setColorScheme(CommandLine.Help.defaultColorScheme(ansi()))
              .parseArgs(args));
    } catch (CommandLine.ParameterException wrong) {
      return end(UsageError.of(wrong));
    } catch (CommandFailed failed) {
      return end(failed);
    } catch (RuntimeException fault) {
      return end(new CommandFailed(ExitCode.SOFTWARE, sentence(fault)));
    }
  }

  /** Not the message of the exception, which could hold a customer's data. */
  private static String sentence(RuntimeException fault) {
    return "This is a fault in Tillkeeper: %s at %s."
        .formatted(fault.getClass().getName(), fault.getStackTrace()[0]);
  }

  private OptionalInt run(ParseResult parsed) {
    if (CommandLine.executeHelpRequest(parsed) != null) {
      return OptionalInt.of(ExitCode.OK);
    }
    var given = last(parsed);
    var session = session(option(NO_COLOUR, false) ? output.withoutColours() : output);
    if (given.commandSpec().userObject() instanceof Command command) {
      return OptionalInt.of(command.run(given, session));
    }
    if (given.commandSpec() != root) {
      throw CommandFailed.usage(
          "What of '%s'? 'tillkeeper %s --help' tells."
              .formatted(given.commandSpec().name(), given.commandSpec().name()));
    }
    if (option(JSON, false) || option(URL, "").length() > 0) {
      throw CommandFailed.usage("Which command? 'tillkeeper --help' lists them.");
    }
    session.useConfigFile();
    return OptionalInt.empty();
  }

  private CommandLine.Help.Ansi ansi() {
    return output.isTerminal() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
  }

  private static ParseResult last(ParseResult parsed) {
    var last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    return last;
  }

  /** Wherever in the line it stands. */
  private <T> T option(String name, T otherwise) {
    T given = optional(name);
    return given == null ? otherwise : given;
  }

  private <T> @Nullable T optional(String name) {
    var option = root.findOption(name);
    return option == null ? null : option.getValue();
  }

  private Session session(Output output) {
    return new Session(
        output, option(JSON, false), optional(URL), optional(CONFIG), environment, clock);
  }

  private OptionalInt end(CommandFailed failed) {
    if (option(JSON, false) && failed.problem() != null) {
      output.line(String.valueOf(failed.problem()));
    }
    failed.sentences().forEach(output::error);
    return OptionalInt.of(failed.exitCode());
  }

  private CommandSpec root(String first) {
    var root =
        CommandSpec.create()
            .name(NAME)
            .versionProvider(
                () -> new String[] {"Tillkeeper " + session(output).config().version()});
    root.usageMessage()
        .description(
            "Keeps the customers of an Odoo point of sale while the line is down. Without a command it is the daemon itself.",
            "")
        .footer(
            "",
            "Ends with 0 when all is well, 1 when a person should look, and otherwise with a code of sysexits.h.");
    globalOptions().forEach(option -> root.addOption(inherited(option)));
    offered(first).forEach(command -> root.addSubcommand(command.name(), command));
    return root;
  }

  /**
   * The one that the line begins with, or else all: to make all of them takes longer than what most
   * of them do.
   */
  private static List<CommandSpec> offered(String first) {
    var commands = commands();
    return commands.containsKey(first) && !first.equals(COMPLETION)
        ? List.of(commands.get(first).get())
        : commands.values().stream().map(Supplier::get).toList();
  }

  private static List<OptionSpec> globalOptions() {
    return List.of(
        Options.value(
            CONFIG, "FILE", "The configuration; else $TILLKEEPER_CONFIG or that of the package."),
        Options.value(URL, "URL", "Where the daemon is; else as the configuration says."),
        Options.flag(JSON, "Answer in JSON, as the API does."),
        Options.flag(NO_COLOUR, "No colours, on a terminal either."),
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .type(boolean.class)
            .description("How it is called.")
            .build(),
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .type(boolean.class)
            .description("Which version this is.")
            .build());
  }

  private static OptionSpec inherited(OptionSpec option) {
    return OptionSpec.builder(option).scopeType(ScopeType.INHERIT).build();
  }

  /** By their names, in the order of the help. */
  private static Map<String, Supplier<CommandSpec>> commands() {
    var commands = new LinkedHashMap<String, Supplier<CommandSpec>>();
    commands.put("status", () -> new StatusCommand().spec());
    commands.put("operations", () -> new OperationsCommand().spec());
    commands.put("retry", () -> new RetryCommand().spec());
    commands.put("resolve", () -> new ResolveCommand().spec());
    commands.put("discard", () -> new DiscardCommand().spec());
    commands.put("erase", () -> new EraseCommand().spec());
    commands.put("audit", () -> new AuditCommand().spec());
    commands.put("mode", () -> new ModeCommand().spec());
    commands.put("sync", () -> new SyncCommand().spec());
    commands.put("reload", () -> new ReloadCommand().spec());
    commands.put("key", () -> new KeyCommand().spec());
    commands.put("pair", () -> new PairCommand().spec());
    commands.put("tokens", () -> new TokensCommand().spec());
    commands.put("doctor", () -> new DoctorCommand().spec());
    commands.put("backup", () -> new BackupCommand().spec());
    commands.put("restore", () -> new RestoreCommand().spec());
    commands.put("export", () -> new ExportCommand().spec());
    commands.put("import", () -> new ImportCommand().spec());
    commands.put("support-bundle", () -> new BundleCommand().spec());
    commands.put("config", ConfigCheck::group);
    commands.put(COMPLETION, () -> new CompletionCommand().spec());
    return commands;
  }
}
