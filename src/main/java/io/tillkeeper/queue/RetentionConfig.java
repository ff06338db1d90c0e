package io.tillkeeper.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How long what is done with is kept; the keys are a contract. */
@ConfigMapping(prefix = "tillkeeper.retention")
public interface RetentionConfig {

  /**
   * How long an operation is kept after it was delivered or discarded. For as long its idempotency
   * key is known, too. The daemon must have seen as many days itself.
   */
  @WithDefault("30d")
  Duration settled();

  /**
   * How long the values of an operation, and the name of the cashier, are kept after it was
   * delivered or discarded; ids, times and how it ended stay.
   */
  @WithDefault("7d")
  Duration personalData();

  /**
   * How often it is looked for what is to go; without it each hour, first ten minutes after a
   * start.
   */
  Optional<Duration> lookEvery();
}
