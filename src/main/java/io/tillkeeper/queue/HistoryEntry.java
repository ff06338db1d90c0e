package io.tillkeeper.queue;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an operation.
 *
 * @param at when, or when last if it happened several times in a row
 * @param event {@code accepted}, {@code unavailable}, {@code recovered}, {@code delivered}, {@code
 *     held}, {@code retried} or {@code discarded}
 * @param detail a code that says more, such as the cause
 * @param times how often in a row; a long outage is one entry
 */
public record HistoryEntry(Instant at, String event, @Nullable String detail, int times) {

  /** Whether the other is the same thing happening again. */
  boolean isRepeatedBy(HistoryEntry later) {
    return event.equals(later.event) && Objects.equals(detail, later.detail);
  }
}
