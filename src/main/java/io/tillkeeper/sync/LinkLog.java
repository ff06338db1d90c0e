package io.tillkeeper.sync;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One line for each change of what is shown of the link: how it is, why, and what happens next. A
 * warning when it is not up, save for airplane mode, which somebody wanted.
 *
 * <p>Not thread-safe: the {@link Link} guards it.
 */
final class LinkLog {

  private static final Duration MINUTES_FROM = Duration.ofMinutes(2);
  private static final Duration HOURS_FROM = Duration.ofHours(3);

  private @Nullable Diagnosis last;
  private boolean up;
  private @Nullable Instant downSince;

  /**
   * @param first how the link is at the start, which is no change
   */
  LinkLog(LinkState first) {
    last = first.found().orElse(null);
  }

  /** The line for what is shown now; empty when that is no news, or nothing was tried yet. */
  Optional<LogLine> lineFor(LinkState shown, Instant now) {
    var found = shown.found().orElse(null);
    if (found == null ? up : found.equals(last)) {
      return Optional.empty();
    }
    last = found;
    up = found == null;
    if (found == null) {
      return Optional.of(up(shown, now));
    }
    if (found.cause() == LinkCause.STARTING || found.cause() == LinkCause.OFFLINE_MODE) {
      downSince = null;
    } else if (downSince == null) {
      downSince = shown.since();
    }
    return found.cause() == LinkCause.STARTING
        ? Optional.empty()
        : Optional.of(notUp(shown, found, now));
  }

  private LogLine up(LinkState shown, Instant now) {
    var after = downSince == null ? "" : " again after " + words(Duration.between(downSince, now));
    downSince = null;
    var next =
        shown
            .nextTry()
            .map(at -> "sent in %s, since other tills come back too".formatted(until(at, now)))
            .orElse("being sent");
    return new LogLine(
        Logger.Level.INFO,
        "The link to Odoo is up%s; what is queued is %s.".formatted(after, next));
  }

  private static LogLine notUp(LinkState shown, Diagnosis found, Instant now) {
    return new LogLine(
        found.cause() == LinkCause.OFFLINE_MODE ? Logger.Level.INFO : Logger.Level.WARN,
        "The link to Odoo is %s (%s): %s %s"
            .formatted(
                shown.code(), found.cause().code(), found.sentence(), next(shown, found, now)));
  }

  private static String next(LinkState shown, Diagnosis found, Instant now) {
    if (found.cause() == LinkCause.UNSTEADY) {
      return "What is queued is kept, and sent whenever it is there.";
    }
    return shown
        .nextTry()
        .map(at -> "What is queued is kept. Next try in %s.".formatted(until(at, now)))
        .orElse("What is queued is kept until that is changed.");
  }

  private static String until(Instant moment, Instant now) {
    return words(Duration.between(now, moment));
  }

  /** To the next whole second, or minute or hour where less does not matter. */
  private static String words(Duration duration) {
    var seconds = Math.max(0, Math.ceilDiv(duration.toMillis(), 1000));
    if (seconds < MINUTES_FROM.toSeconds()) {
      return seconds + " s";
    }
    return seconds < HOURS_FROM.toSeconds()
        ? Math.ceilDiv(seconds, 60) + " min"
        : Math.ceilDiv(seconds, 3600) + " h";
  }
}
