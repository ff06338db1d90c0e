package io.tillkeeper.host.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tillkeeper.storage.SealedFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Takes over what another till has exported. */
final class ImportCommand implements Command {

  /** Characters; a call may have four times as many bytes. */
  private static final int LARGEST_PART = 250_000;

  @Override
  public CommandSpec spec() {
    return Options.command(
            "import",
            this,
            "Takes over what another till has exported.",
            "It asks for the code that was shown there; a script writes it to the standard input. The file is read to its end first. Done again, it takes nothing twice; on the till that the file is from, it takes back what was left to another.")
        .addPositional(Options.argument("FILE", true, List.of(), "What 'tillkeeper export' wrote."))
        .addOption(Decisions.by());
  }

  @Override
  public int run(ParseResult given, Session session) {
    var file = Options.path(given.matchedPositionalValue(0, ""));
    if (!Files.isReadable(file)) {
      throw new CommandFailed(
          ExitCode.NO_INPUT,
          "There is no file %s that can be read.".formatted(Output.plain(file.toString())));
    }
    var code = code(session);
    var known = new Count();
    read(file, code, known::add);
    var api = session.api();
    var taken = new Count();
    read(
        file,
        code,
        operations ->
            parts(operations)
                .forEach(
                    part -> {
                      var body = Decisions.body(given, session);
                      body.set("operations", part);
                      var answer = api.call("POST", "/api/v1/imports", body).json();
                      taken.add(answer.path("operations").asInt());
                    }));
    session
        .output()
        .line(
            session.json()
                ? "{\"operations\":%d,\"taken\":%d}".formatted(known.total, taken.total)
                : "%s of %d in the file to be delivered here now; the others were known."
                    .formatted(Words.count(taken.total, "operation"), known.total));
    return ExitCode.OK;
  }

  private static final class Count {

    private int total;

    void add(JsonNode operations) {
      add(operations.size());
    }

    void add(int more) {
      total += more;
    }
  }

  /** So small that each fits into one call, however long the customers are. */
  private static List<ArrayNode> parts(JsonNode operations) {
    var parts = new ArrayList<ArrayNode>();
    var length = 0;
    for (var operation : operations) {
      var more = operation.toString().length();
      if (parts.isEmpty() || length + more > LARGEST_PART) {
        parts.add(JsonNodeFactory.instance.arrayNode());
        length = 0;
      }
      parts.getLast().add(operation);
      length += more;
    }
    return parts;
  }

  private static void read(Path file, String code, Consumer<JsonNode> operations) {
    try {
      SealedFile.read(file, code, page -> operations.accept(json(page)));
    } catch (SealedFile.NotOpened e) {
      throw new CommandFailed(
          ExitCode.NO_INPUT,
          "%s cannot be opened: %s. Nothing was taken over."
              .formatted(Output.plain(file.toString()), e.getMessage()));
    } catch (IOException e) {
      throw new CommandFailed(
          ExitCode.NO_INPUT,
          "%s cannot be read (%s)."
              .formatted(Output.plain(file.toString()), e.getClass().getSimpleName()));
    }
  }

  private static JsonNode json(byte[] page) {
    try {
      return LocalApi.JSON.readTree(page);
    } catch (IOException e) {
      throw new CommandFailed(ExitCode.NO_INPUT, "The file was written by another version.");
    }
  }

  /** Not as an argument, where everybody on the box could see it. */
  private static String code(Session session) {
    if (session.output().isTerminal()) {
      session.output().error("Code:");
    }
    try {
      var line = new BufferedReader(new InputStreamReader(System.in, UTF_8)).readLine();
      if (line != null && !line.isBlank()) {
        return line.strip();
      }
    } catch (IOException e) {
      // said below
    }
    throw CommandFailed.usage("The code that 'tillkeeper export' showed is missing.");
  }
}
