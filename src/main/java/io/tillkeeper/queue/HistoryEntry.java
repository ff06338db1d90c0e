package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an operation.
 *
 * @param at when, or when last if it happened several times in a row
 * @param event {@code accepted}, {@code unavailable}, {@code unanswered}, {@code recovered}, {@code
 *     restored}, {@code delivered}, {@code held}, {@code retried}, {@code resolved}, {@code
 *     discarded}, {@code exported}, {@code imported} or {@code shared}
 * @param detail a code that says more, such as the cause
 * @param by who decided it, when a person did
 * @param times how often in a row; a long outage is one entry
 */
@RegisterForReflection // as JSON on the disk
public record HistoryEntry(
    Instant at, String event, @Nullable String detail, @Nullable String by, int times) {

  /** This, as one more of the same thing in a row. */
  HistoryEntry repeating(HistoryEntry before) {
    return new HistoryEntry(at, event, detail, by, before.times + 1);
  }

  /** Whether the other is the same thing happening again. */
  boolean isRepeatedBy(HistoryEntry later) {
    return event.equals(later.event)
        && Objects.equals(detail, later.detail)
        && Objects.equals(by, later.by);
  }
}
