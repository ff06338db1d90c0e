package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.storage.SealedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Writes what is not delivered into a sealed file, for another till to take over. */
final class ExportCommand implements Command {

  private static final String SEAL = "--seal";
  private static final String STOP = "--stop";
  private static final String PATH = "/api/v1/exports";

  /** Few enough that a page of the longest customers is taken in one piece. */
  private static final int PAGE = 50;

  @Override
  public CommandSpec spec() {
    return Options.command(
            "export",
            this,
            "Writes what is not delivered into an encrypted file, for another till.",
            "It shows the code that 'tillkeeper import' asks for there. With --stop this till delivers no more of it, once the file is on the disk; without, both tills may deliver it: nobody is there twice then, and where Odoo has another value by now a person is asked.")
        .addOption(Options.value(SEAL, "FILE", "The file; what is there is replaced."))
        .addOption(Options.flag(STOP, "Leave to the other till what is in it."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    if (!given.hasMatchedOption(SEAL)) {
      throw CommandFailed.usage("Where to? 'tillkeeper export --seal FILE'.");
    }
    var file = Options.path(given.matchedOptionValue(SEAL, ""));
    var code = SealedFile.newCode();
    var api = session.api();
    var stop = given.hasMatchedOption(STOP);
    var operations = write(file, code, stop, api);
    var left = 0;
    // before anything is left to the other till: without the code nobody has it then
    if (!session.json()) {
      show(file, code, operations.size(), session);
    }
    try {
      for (var from = 0; from < operations.size(); from += PAGE) {
        var body = Decisions.body(given, session).put("stop", stop);
        var ids = body.putArray("operations");
        operations.subList(from, Math.min(from + PAGE, operations.size())).forEach(ids::add);
        left += api.call("POST", PATH, body).json().path("operations").asInt();
      }
    } finally {
      if (session.json()) {
        session.output().line(json(file, code, operations.size(), stop ? left : -1).toString());
      }
    }
    if (stop && !session.json()) {
      session
          .output()
          .line(
              "%s left to the other till. What was being sent at that moment is delivered here; it is known there."
                  .formatted(Words.count(left, "operation")));
    }
    return ExitCode.OK;
  }

  /** Returns the ids of what is in it. */
  private static List<Long> write(Path file, String code, boolean stop, LocalApi api) {
    var ids = new ArrayList<Long>();
    try (var sealed = new SealedFile.Writer(file, code)) {
      for (var after = "0"; !after.isEmpty(); ) {
        var page = api.get("%s?limit=%d&after=%s".formatted(PATH, PAGE, after)).json();
        var operations = page.path("operations");
        if (!stop) {
          // this till may deliver it before the other one does
          operations.forEach(operation -> ((ObjectNode) operation).put("maybeDelivered", true));
        }
        sealed.add(LocalApi.JSON.writeValueAsBytes(operations));
        operations.forEach(operation -> ids.add(operation.path("id").asLong()));
        after = page.path("next").asText("");
      }
      sealed.finish();
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.CANT_CREATE,
          "%s cannot be written (%s); nothing was changed."
              .formatted(Output.plain(file.toString()), e.getClass().getSimpleName()));
    }
    return ids;
  }

  private static void show(Path file, String code, int written, Session session) {
    session
        .output()
        .line(
            "%s in %s."
                .formatted(
                    Words.count(written, "operation"),
                    Output.plain(file.toAbsolutePath().toString())));
    session.output().line("The other till asks for this code, which is shown this once:");
    session.output().line("");
    session.output().line("    " + code);
    session.output().line("");
  }

  private static JsonNode json(Path file, String code, int written, int left) {
    var json =
        JsonNodeFactory.instance
            .objectNode()
            .put("file", file.toAbsolutePath().toString())
            .put("operations", written)
            .put("code", code);
    return left < 0 ? json : json.put("left", left);
  }
}
