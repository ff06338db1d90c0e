package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.host.BoxConfig;
import io.tillkeeper.odoo.KeyCare;
import io.tillkeeper.odoo.KeyPlace;
import io.tillkeeper.odoo.KeyRenewal.Failed;
import io.tillkeeper.odoo.KeyRenewal.Renewed;
import io.tillkeeper.odoo.LinkLost;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** What is known of the API key, without the daemon, and its renewal. The key is never shown. */
final class KeyCommand implements Command {

  @Override
  public CommandSpec spec() {
    var rotate = new Rotate().spec();
    return Options.command(
            "key",
            this,
            "The API key: where it is kept, and when it ends.",
            "Ends with 1 when it should be renewed. Odoo tells the end from 18.0 on; the daemon need not run.")
        .addSubcommand(rotate.name(), rotate);
  }

  @Override
  public int run(ParseResult given, Session session) {
    try (var care = care(session)) {
      var place = care.place();
      var end = care.expiry();
      var now = session.clock().instant();
      if (session.json()) {
        session.output().line(json(place, end.orElse(null)).toString());
      } else {
        session.output().line("It is kept in %s.".formatted(inWords(place)));
        session.output().line(end.map(at -> ends(at, now)).orElse("Odoo names no end of it."));
      }
      return end.filter(at -> at.isBefore(now.plus(KeyCare.NOTICE))).isPresent()
          ? ExitCode.NOT_WELL
          : ExitCode.OK;
    } catch (LinkLost lost) {
      throw new CommandFailed(
          ExitCode.TRY_LATER, List.of(lost.diagnosis().sentence(), lost.diagnosis().hint()));
    }
  }

  private static KeyCare care(Session session) {
    BoxConfig config = session.config();
    if (!config.problems().isEmpty()) {
      throw new CommandFailed(ExitCode.CONFIG, config.problems());
    }
    if (config.odoo().url().isEmpty()) {
      throw new CommandFailed(
          ExitCode.CONFIG, "No Odoo server is configured (tillkeeper.odoo.url), so no key either.");
    }
    return new KeyCare(config.odoo(), config.version(), session.clock());
  }

  private static String inWords(KeyPlace place) {
    return switch (place.kind()) {
      case CONFIGURATION -> "the configuration or the environment (tillkeeper.odoo.api-key)";
      case FILE -> "%s (tillkeeper.odoo.api-key-file)".formatted(place.file());
      case CREDENTIAL -> "%s, which systemd hands to the service".formatted(place.file());
    };
  }

  private static String ends(Instant at, Instant now) {
    var day = at.atZone(ZoneOffset.UTC).toLocalDate();
    if (!at.isAfter(now)) {
      return "It ended on %s.".formatted(day);
    }
    return "It ends on %s, in %s.".formatted(day, Words.length(Duration.between(now, at)));
  }

  private static ObjectNode json(KeyPlace place, @Nullable Instant end) {
    var json = JsonNodeFactory.instance.objectNode();
    json.put("kept", place.kind().name().toLowerCase(Locale.ROOT));
    json.put("file", place.file() == null ? null : place.file().toString());
    return json.put("endsAt", end == null ? null : end.toString());
  }

  /** Puts a new key in the place of the one in use. */
  private static final class Rotate implements Command {

    private static final String DAYS = "--days";
    private static final int USUAL_DAYS = 90;
    private static final int MOST_DAYS = 3650;

    @Override
    public CommandSpec spec() {
      return Options.command(
              "rotate",
              this,
              "Has Odoo make a new key, and puts it in the place of the old one.",
              "From Odoo 19.0 on, where an administrator allows it (base.enable_programmatic_api_keys), and where the key is in a file. The new key is tried before it replaces the old one, which is then revoked. The daemon need not run.")
          .addOption(
              Options.value(
                  DAYS, "N", "For how many days the new key is good; 90, which is Odoo's most."));
    }

    @Override
    public int run(ParseResult given, Session session) {
      var days = days(given.matchedOptionValue(DAYS, String.valueOf(USUAL_DAYS)));
      try (var care = care(session)) {
        return switch (care.renew(days)) {
          case Renewed renewed -> show(renewed, session);
          case Failed failed -> throw failure(failed);
        };
      }
    }

    private static int days(String text) {
      var days = text.matches("\\d{1,4}") ? Integer.parseInt(text) : 0;
      if (days < 1 || days > MOST_DAYS) {
        throw CommandFailed.usage(
            "%s is a number of days from 1 to %d, not '%s'."
                .formatted(DAYS, MOST_DAYS, Output.plain(text)));
      }
      return days;
    }

    private static CommandFailed failure(Failed failed) {
      var code =
          switch (failed.reason()) {
            case PLACE -> ExitCode.CONFIG;
            case FILE -> ExitCode.CANT_CREATE;
            case ODOO -> ExitCode.NOT_PERMITTED;
            case LINK -> ExitCode.TRY_LATER;
          };
      return new CommandFailed(code, List.of(Output.plain(failed.sentence()), failed.hint()));
    }

    private static int show(Renewed renewed, Session session) {
      var next = next(renewed.place(), session);
      var leftOver = Optional.ofNullable(renewed.leftOver()).map(Output::plain);
      if (session.json()) {
        var json = json(renewed.place(), renewed.endsAt());
        json.put("oldKeyRevoked", leftOver.isEmpty());
        session.output().line(json.put("next", next).toString());
      } else {
        session
            .output()
            .line(
                "The new key is in %s; it ends on %s."
                    .formatted(
                        renewed.place().file(),
                        renewed.endsAt().atZone(ZoneOffset.UTC).toLocalDate()));
        session.output().line(next);
      }
      leftOver.ifPresent(
          why ->
              session
                  .output()
                  .error(
                      "The old key was not revoked, and is good until it ends; in Odoo it can be taken away by hand. "
                          + why));
      return leftOver.isEmpty() ? ExitCode.OK : ExitCode.NOT_WELL;
    }

    /** What has to be done for the daemon to use it; what can be is done. */
    private static String next(KeyPlace place, Session session) {
      if (place.kind() == KeyPlace.Kind.CREDENTIAL) {
        return "systemd starts the service anew with it by itself; if not: systemctl restart tillkeeper";
      }
      try {
        session.api().call("POST", "/api/v1/reload", null);
        return "The daemon uses it.";
      } catch (CommandFailed notNow) {
        return "A daemon that runs reads it when Odoo refuses the old one; 'tillkeeper reload' has it do so at once.";
      }
    }
  }
}
