package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tillkeeper.storage.Restoration;
import io.tillkeeper.storage.StartRefused;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Puts a copy of the queue's database in its place, while the daemon is stopped. */
final class RestoreCommand implements Command {

  @Override
  public CommandSpec spec() {
    return Options.command(
            "restore",
            this,
            "Puts a copy of the queue's database in its place.",
            "While the daemon is stopped. The copy is read from end to end first; the database that is there is kept in damaged/. At the next start what was accepted since comes from the journal, and what may have been delivered since is compared with Odoo, so that nobody is there twice.")
        .addPositional(
            Options.argument(
                "FILE",
                false,
                List.of(),
                "The copy; otherwise the newest in backups/ beside the database."));
  }

  @Override
  public int run(ParseResult given, Session session) {
    var directory = session.config().storage().directory();
    try {
      var copy = copy(given.matchedPositionalValue(0, ""), directory);
      Restoration.from(copy, session.config().storage(), session.clock().instant());
      say(copy, Restoration.moreComplete(copy, directory), directory, session);
      return ExitCode.OK;
    } catch (StartRefused refused) {
      throw new CommandFailed(refused.exitCode(), String.valueOf(refused.getMessage()));
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.CANT_CREATE,
          "The copy cannot be put into %s (%s)."
              .formatted(directory, e.getClass().getSimpleName()));
    }
  }

  private static Path copy(String name, Path directory) throws IOException {
    return name.isEmpty()
        ? Restoration.newestCopy(directory)
            .orElseThrow(
                () ->
                    CommandFailed.usage(
                        "There is no copy in %s.".formatted(directory.resolve("backups"))))
        : Options.path(name);
  }

  private static void say(Path copy, Optional<Path> moreComplete, Path directory, Session session) {
    var output = session.output();
    if (session.json()) {
      var answer = JsonNodeFactory.instance.objectNode().put("file", copy.toString());
      moreComplete.ifPresent(better -> answer.put("moreComplete", better.toString()));
      output.line(answer.toString());
      return;
    }
    output.line(
        "The queue in %s is now that of %s. At the next start what was accepted since is taken from the journal, as far as that goes back."
            .formatted(directory, copy));
    moreComplete.ifPresent(
        better ->
            output.line(
                "The journal does not go back to that copy: some of what was accepted since may be missing. 'tillkeeper restore %s' before the start takes the newest copy instead."
                    .formatted(better)));
  }
}
