package io.tillkeeper.queue;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When a rehearsal did what.
 *
 * @param offlineUntil when it is to come back
 * @param backAt when it came back; null before
 * @param deadline when everything must have arrived, and been checked and archived; null before it
 *     came back
 * @param arrivedAt when the last of the customers had arrived; null before, or when none has
 * @param endedAt when the verdict was known; null before
 */
@RegisterForReflection // as JSON on the disk
public record RehearsalTimes(
    Instant startedAt,
    Instant offlineUntil,
    @Nullable Instant backAt,
    @Nullable Instant deadline,
    @Nullable Instant arrivedAt,
    @Nullable Instant endedAt) {

  RehearsalTimes back(Instant now, Instant limit) {
    return new RehearsalTimes(startedAt, offlineUntil, now, limit, arrivedAt, endedAt);
  }

  RehearsalTimes until(Instant limit) {
    return new RehearsalTimes(startedAt, offlineUntil, backAt, limit, arrivedAt, endedAt);
  }

  RehearsalTimes arrived(@Nullable Instant last) {
    return new RehearsalTimes(startedAt, offlineUntil, backAt, deadline, last, endedAt);
  }

  RehearsalTimes ended(Instant now) {
    return new RehearsalTimes(startedAt, offlineUntil, backAt, deadline, arrivedAt, now);
  }
}
