package io.tillkeeper.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many operations are where, at one moment.
 *
 * <p>They are those of one moment and add up: {@code accepted = pending + sending + held +
 * delivered + discarded}.
 *
 * @param acceptedTotal how many were ever accepted into this queue
 * @param oldestPendingAt when the oldest operation that is not in Odoo and not held was accepted;
 *     null when there is none
 * @param deliveredTotal how many were ever delivered from this queue
 * @param discardedTotal how many were ever given up
 */
public record QueueCounts(
    long acceptedTotal,
    long pending,
    long sending,
    long held,
    @Nullable Instant oldestPendingAt,
    long deliveredTotal,
    long discardedTotal) {

  /** Whether nothing is left to bring into Odoo, and nothing waits for a person. */
  public boolean allDelivered() {
    return pending == 0 && sending == 0 && held == 0;
  }
}
