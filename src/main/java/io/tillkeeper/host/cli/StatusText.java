package io.tillkeeper.host.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.odoo.KeyCare;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A status as a person reads it in a second: first whether there is anything to do, then why.
 *
 * @param status as the API gives it
 * @param now by the clock of this box, which is the daemon's too
 */
record StatusText(JsonNode status, Output output, Instant now, ZoneId zone) {

  private static final String UP = "up";
  private static final String BLOCKED = "blocked";
  private static final String INDENT = "         ";
  private static final int WIDTH = 100 - INDENT.length();

  /** Whether a person has to do something: nothing goes on by itself. */
  boolean needsSomebody() {
    return number("/queue/held") > 0 || text("/link/state").equals(BLOCKED) || isRefusing();
  }

  /** Nothing has a place on the disk. */
  private boolean isRefusing() {
    return !text("/storage/problem").isEmpty();
  }

  List<String> lines() {
    var lines = new ArrayList<String>();
    lines.add(verdict());
    lines.add("");
    lines.add(row("Mode", mode()));
    lines.add(row("Link", link()));
    reason().forEach(line -> lines.add(INDENT + line));
    nextTry().ifPresent(next -> lines.add(INDENT + next));
    lines.add(row("Queue", queue()));
    estimate().ifPresent(estimate -> lines.add(INDENT + estimate));
    lines.add(row("Odoo", odoo()));
    key().ifPresent(key -> lines.add(row("Key", key)));
    lines.add(row("Disk", disk()));
    return lines;
  }

  /** All of it on one line, without what changes by itself. */
  String line() {
    return "%slink %s%s, mode %s: %d pending, %d sending, %d held, %d delivered, %d discarded"
        .formatted(
            isRefusing() ? "nothing is accepted (%s), ".formatted(text("/storage/problem")) : "",
            text("/link/state"),
            cause().map(cause -> " (" + cause + ")").orElse(""),
            text("/mode"),
            number("/queue/pending"),
            number("/queue/sending"),
            number("/queue/held"),
            number("/queue/deliveredTotal"),
            number("/queue/discardedTotal"));
  }

  private String row(String name, String value) {
    return output.painted(Tone.QUIET, "%-7s".formatted(name)) + "  " + value;
  }

  private String verdict() {
    var held = number("/queue/held");
    var waiting = number("/queue/pending") + number("/queue/sending");
    if (isRefusing()) {
      return output.painted(
          Tone.BAD,
          text("/storage/problem").equals("disk-full")
              ? "Nothing is accepted: the disk is full. What is queued is safe; make room."
              : "Nothing is accepted: the queue's file is not where it was at the start. 'tillkeeper doctor' says more.");
    }
    if (held > 0) {
      return output.painted(
          Tone.BAD,
          "%s for a decision: 'tillkeeper operations --state held' shows %s."
              .formatted(
                  Words.count(held, "operation") + (held == 1 ? " waits" : " wait"),
                  held == 1 ? "it" : "them"));
    }
    if (text("/link/state").equals(BLOCKED)) {
      return output.painted(
          Tone.BAD, "Nothing is sent until somebody changes what is wrong with the link.");
    }
    if (waiting == 0) {
      return output.painted(Tone.GOOD, "Everything is delivered.");
    }
    return text("/link/state").equals(UP)
        ? output.painted(Tone.GOOD, Words.count(waiting, "operation") + " on the way to Odoo.")
        : output.painted(
            Tone.WARNING,
            "%s safe on this box, and sent when the line is back."
                .formatted(Words.count(waiting, "operation") + (waiting == 1 ? " is" : " are")));
  }

  private String mode() {
    return switch (text("/mode")) {
      case "offline" ->
          output.painted(
              Tone.WARNING, "offline: nothing is sent to Odoo ('tillkeeper mode auto' ends it)");
      case "online-only" -> "online-only: nothing is accepted while the link is not up";
      default -> text("/mode");
    };
  }

  private String link() {
    var state = text("/link/state");
    var tone = state.equals(UP) ? Tone.GOOD : state.equals(BLOCKED) ? Tone.BAD : Tone.WARNING;
    var since =
        Words.instant(text("/link/since"))
            .map(
                at ->
                    " since %s (%s)"
                        .formatted(
                            Words.time(at, now, zone), Words.length(Duration.between(at, now))))
            .orElse("");
    return output.painted(tone, state)
        + since
        + cause().map(cause -> " [" + cause + "]").orElse("");
  }

  private Optional<String> cause() {
    return Optional.of(text("/link/cause")).filter(cause -> !cause.isEmpty());
  }

  /** Why it is not up, and what to look at; of airplane mode the mode says enough. */
  private List<String> reason() {
    if (cause().isEmpty() || text("/link/cause").equals("offline-mode")) {
      return List.of();
    }
    var lines = new ArrayList<>(Words.wrapped(text("/link/message"), WIDTH));
    if (!text("/link/hint").isEmpty()) {
      Words.wrapped(text("/link/hint"), WIDTH)
          .forEach(line -> lines.add(output.painted(Tone.QUIET, line)));
    }
    return lines;
  }

  private Optional<String> nextTry() {
    return Words.instant(text("/link/nextTryAt"))
        .map(
            at ->
                at.isAfter(now)
                    ? "Next try in %s.".formatted(Words.length(Duration.between(now, at)))
                    : "Tried again now.");
  }

  private String queue() {
    var held = number("/queue/held");
    var oldest =
        Words.instant(text("/queue/oldestPendingAt"))
            .map(at -> " (the oldest for %s)".formatted(Words.length(Duration.between(at, now))))
            .orElse("");
    return "%d pending%s, %d sending, %s; %d delivered, %d discarded since the first day"
        .formatted(
            number("/queue/pending"),
            oldest,
            number("/queue/sending"),
            held == 0 ? "0 held" : output.painted(Tone.BAD, held + " held"),
            number("/queue/deliveredTotal"),
            number("/queue/discardedTotal"));
  }

  private Optional<String> estimate() {
    var seconds = number("/queue/secondsToDeliver");
    return number("/queue/pending") == 0 || seconds == 0
        ? Optional.empty()
        : Optional.of(
            "About %s to deliver, once it is being sent."
                .formatted(Words.length(Duration.ofSeconds(seconds))));
  }

  private String odoo() {
    var database = text("/odoo/database");
    if (database.isEmpty()) {
      return "none is configured";
    }
    var version = text("/odoo/version");
    return version.isEmpty()
        ? "database %s; it has not answered since the start".formatted(database)
        : "%s by %s, database %s".formatted(version, text("/odoo/protocol"), database);
  }

  /** Nothing until it is time to renew it. */
  private Optional<String> key() {
    return Words.instant(text("/odoo/keyExpiresAt"))
        .filter(end -> end.isBefore(now.plus(KeyCare.NOTICE)))
        .map(
            end ->
                output.painted(Tone.WARNING, ends(end))
                    + ": 'sudo tillkeeper key rotate' renews it");
  }

  private String ends(Instant end) {
    var at = Words.time(end, now, zone);
    return end.isAfter(now)
        ? "ends on %s, in %s".formatted(at, Words.length(Duration.between(now, end)))
        : "ended on " + at;
  }

  private String disk() {
    var durable = status.at("/storage/durable").asBoolean();
    return "%s free, %s"
            .formatted(
                Words.size(number("/storage/freeBytes")),
                durable
                    ? "what is accepted is on it"
                    : output.painted(Tone.BAD, "what is accepted may not be on it"))
        + setAside();
  }

  private String setAside() {
    var files = status.at("/storage/setAside").size();
    return files == 0
        ? ""
        : "; "
            + output.painted(
                Tone.BAD,
                "the queue's file was damaged, and a copy took its place: see damaged/ beside it");
  }

  private String text(String pointer) {
    var node = status.at(pointer);
    return node.isTextual() ? Output.plain(node.textValue()) : "";
  }

  private long number(String pointer) {
    return status.at(pointer).asLong();
  }
}
