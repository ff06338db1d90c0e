package io.tillkeeper.sync;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.queue.Outcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;

/** Measures the rounds of deliveries, for the one who watches the boxes. */
@ApplicationScoped
class DeliveryMeter {

  private final Timer rounds;
  private final Counter delivered;
  private final Counter held;
  private final Counter unavailable;

  DeliveryMeter(MeterRegistry meters) {
    rounds =
        Timer.builder("tillkeeper.delivery")
            .description("Rounds of deliveries, and the seconds that they took")
            .register(meters);
    delivered = outcomes(meters, "delivered");
    held = outcomes(meters, "held");
    unavailable = outcomes(meters, "unavailable");
  }

  private static Counter outcomes(MeterRegistry meters, String outcome) {
    return Counter.builder("tillkeeper.delivery.outcomes")
        .description("Operations that were in a delivery, by how it ended for them")
        .tag("outcome", outcome)
        .register(meters);
  }

  /** They are there, at nought, before the first round. */
  void start(@Observes StartupEvent event) {}

  /** A round ended so. */
  void observe(Collection<Outcome> outcomes, Duration took) {
    rounds.record(took);
    outcomes.forEach(
        outcome -> {
          switch (outcome) {
            case Outcome.Delivered how -> delivered.increment();
            case Outcome.Held how -> held.increment();
            case Outcome.Unavailable how -> unavailable.increment();
            case Outcome.PutBack how -> {} // it was in no delivery
          }
        });
  }
}
