package io.tillkeeper.feed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** How much the feed remembers and how many may listen. */
@ConfigMapping(prefix = "tillkeeper.feed")
public interface FeedConfig {

  /** How many may listen at once; whoever comes then is told to come again later. */
  @WithDefault("256")
  @Min(1) @Max(10_000) int subscribers();

  /** How many events are kept in memory for those who reconnect, and for those who are slow. */
  @WithDefault("8192")
  @Min(16) @Max(1_000_000) int memory();

  /** How long it takes at the least from one status event to the next. */
  @WithDefault("250ms")
  Duration statusInterval();

  /** How often a listener is pinged; one that has not answered until the next ping is dropped. */
  @WithDefault("25s")
  Duration heartbeat();
}
