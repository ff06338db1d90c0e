package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Lists what people decided. */
final class AuditCommand implements Command {

  private static final String LIMIT = "--limit";
  private static final String AFTER = "--after";
  private static final String PATH = "/api/v1/audit";
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  @Override
  public CommandSpec spec() {
    var verify = new Verify().spec();
    return Options.command("audit", this, "What people decided, and when.")
        .addOption(Options.value(LIMIT, "NUMBER", "How many at the most, 1 to 500; 50 otherwise."))
        .addOption(Options.value(AFTER, "ID", "Those after this one: the next page."))
        .addSubcommand(verify.name(), verify);
  }

  @Override
  public int run(ParseResult given, Session session) {
    var limit =
        Options.wholeNumber(
            given.matchedOptionValue(LIMIT, "50"), "--limit is a number from 1 to 500, not '%s'.");
    var after = Options.id(given.matchedOptionValue(AFTER, "0"));
    var page = session.api().get(PATH + "?limit=" + limit + "&after=" + after);
    if (session.json()) {
      session.output().line(page.text());
    } else {
      list(page.json(), session);
    }
    return ExitCode.OK;
  }

  private static void list(JsonNode page, Session session) {
    var entries = page.path("entries");
    if (entries.isEmpty()) {
      session.output().line("There are none.");
    }
    entries.forEach(entry -> session.output().line(row(entry, session)));
    if (page.path("next").isNumber()) {
      session
          .output()
          .note("There are more: --after %d shows them.".formatted(page.path("next").asLong()));
    }
  }

  private static String row(JsonNode entry, Session session) {
    var at = Instant.parse(entry.path("at").asText()).atZone(session.zone());
    return Output.plain(
        "%6d  %s  %-8s %s, by %s"
            .formatted(
                entry.path("id").asLong(),
                TIME.format(at),
                entry.path("action").asText(),
                entry.path("detail").asText(),
                entry.path("by").asText()));
  }

  /** Whether it is as it was written. */
  private static final class Verify implements Command {

    @Override
    public CommandSpec spec() {
      return Options.command(
          "verify",
          this,
          "Whether what people decided is as it was written.",
          "What was the last entry is kept beside the database, so that it shows when entries are removed at the end. Who can write there could change both: note the last hash down elsewhere.");
    }

    @Override
    public int run(ParseResult given, Session session) {
      var found = session.api().get(PATH + "/verification");
      var intact = found.json().path("intact").asBoolean();
      session.output().line(session.json() ? found.text() : sentence(found.json(), intact));
      return intact ? ExitCode.OK : ExitCode.NOT_WELL;
    }

    private static String sentence(JsonNode found, boolean intact) {
      var entries = found.path("entries").asLong();
      if (!intact) {
        return faults(found);
      }
      return entries == 0
          ? "There is nothing."
          : "%s, each as it was written. The last hash is %s."
              .formatted(
                  entries == 1 ? "1 entry" : entries + " entries", found.path("lastHash").asText());
    }

    private static String faults(JsonNode found) {
      var faults = new ArrayList<String>();
      if (found.path("broken").isNumber()) {
        faults.add(
            "Entry %d is not as it was written, or one before it is gone."
                .formatted(found.path("broken").asLong()));
      }
      if (found.path("missing").isObject()) {
        var first = found.at("/missing/first").asLong();
        var last = found.at("/missing/last").asLong();
        faults.add(
            first == last
                ? "Entry %d, the last one, is gone.".formatted(first)
                : "Entries %d to %d, the last ones, are gone.".formatted(first, last));
      }
      if (found.path("replaced").isNumber()) {
        faults.add(
            "Entry %d is not the one that was written there: entries were removed at the end, and others written since."
                .formatted(found.path("replaced").asLong()));
      }
      return String.join("\n", faults);
    }
  }
}
