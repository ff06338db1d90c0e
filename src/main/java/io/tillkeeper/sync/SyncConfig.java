package io.tillkeeper.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.OptionalDouble;

/** When and how fast operations are sent. */
@ConfigMapping(prefix = "tillkeeper.sync")
public interface SyncConfig {

  /** Whether the worker runs by itself; tests drive it by hand. */
  @WithDefault("true")
  boolean enabled();

  /** How many customers travel in one call at the most. */
  @WithDefault("100")
  @Min(1) @Max(1000) int batch();

  /** The first pause after a failure; it doubles with each further one. */
  @WithDefault("1s")
  Duration backoff();

  /** The longest pause between two tries. */
  @WithDefault("1m")
  Duration longestBackoff();

  /**
   * How many calls to Odoo may begin within a second; when it is not given, as many as there are,
   * but one for a server of {@code odoo.com}.
   */
  @DecimalMin("0.01") OptionalDouble callsPerSecond();

  /**
   * The longest wait, after an outage, for a random moment to begin; a twentieth of the outage when
   * that is less.
   */
  @WithDefault("2m")
  Duration longestStartWindow();

  /** How often the link is tried when there is nothing to send. */
  @WithDefault("1m")
  Duration probeInterval();
}
