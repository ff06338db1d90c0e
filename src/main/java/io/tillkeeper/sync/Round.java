package io.tillkeeper.sync;

import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.queue.Findings;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.Hold;
import io.tillkeeper.queue.Outcome;
import io.tillkeeper.queue.Shipment;
import java.time.Instant;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * What one round shares: the line, which is lost for all of it or not at all, and the outcomes so
 * far.
 */
final class Round {

  private final RoundLine line;
  private final Instant startedAt;
  private final Instant retryAt;
  private final Map<Shipment, Outcome> outcomes = new IdentityHashMap<>();
  private final Map<String, Object> countries = new HashMap<>();

  /**
   * @param retryAt when what gets no answer is sent again; one moment for all, so that what
   *     travelled together stays together
   */
  Round(RoundLine line, Instant startedAt, Instant retryAt) {
    this.line = line;
    this.startedAt = startedAt;
    this.retryAt = retryAt;
  }

  RoundLine line() {
    return line;
  }

  Instant startedAt() {
    return startedAt;
  }

  Map<Shipment, Outcome> outcomes() {
    return outcomes;
  }

  /**
   * What a reference to a country is compared by: its database id, else its code. Asked for once,
   * since each question takes a turn of its own.
   */
  Object countryId(String code) {
    return countries.computeIfAbsent(
        code,
        unknown -> {
          var id = line.call(odoo -> odoo.countryId(unknown));
          return id.isPresent() ? id.getAsLong() : unknown;
        });
  }

  void settle(Shipment shipment, Outcome outcome) {
    outcomes.put(shipment, outcome);
  }

  void hold(Shipment shipment, HeldReason reason, @Nullable String field, String words) {
    settle(shipment, new Outcome.Held(new Hold(reason, field, words), Findings.NONE));
  }

  void lose(Iterable<Shipment> shipments, LinkLost loss) {
    shipments.forEach(
        shipment ->
            settle(
                shipment,
                GuardedOdoo.wasMade(loss)
                    ? unavailable(loss.linkCause().code())
                    : new Outcome.PutBack()));
  }

  void noAnswer(Shipment shipment, String cause) {
    settle(shipment, unavailable(cause));
  }

  Outcome.Unavailable unavailable(String cause) {
    return new Outcome.Unavailable(cause, retryAt);
  }

  /** What was written may be in Odoo. */
  Outcome.Unavailable unanswered(String cause) {
    return new Outcome.Unavailable(cause, retryAt, true);
  }

  /** Settles what became of a row. */
  void settle(Shipment shipment, LoadBatches.Result result, LongFunction<Outcome> loaded) {
    switch (result) {
      case LoadBatches.Result.Loaded done -> settle(shipment, loaded.apply(done.id()));
      case LoadBatches.Result.Refused refused ->
          hold(shipment, refused.reason(), refused.field(), refused.words());
      case LoadBatches.Result.NoAnswer none -> settle(shipment, unanswered(none.cause()));
      case LoadBatches.Result.NotSent notSent -> settle(shipment, new Outcome.PutBack());
    }
  }
}
