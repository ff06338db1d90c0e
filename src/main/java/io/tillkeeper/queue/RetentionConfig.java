package io.tillkeeper.queue;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long what is done with is kept; the keys are a contract. */
@ConfigMapping(prefix = "tillkeeper.retention")
public interface RetentionConfig {

  /**
   * How long an operation is kept after it was delivered or discarded. For as long its idempotency
   * key is known, too.
   */
  @WithDefault("30d")
  Duration settled();

  /**
   * How long the values of an operation are kept after it was delivered or discarded; ids, times
   * and how it ended stay.
   */
  @WithDefault("7d")
  Duration personalData();
}
