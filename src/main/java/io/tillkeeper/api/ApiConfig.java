package io.tillkeeper.api;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.List;
import java.util.Optional;

/** What the local API takes, and from where. */
@ConfigMapping(prefix = "tillkeeper.api")
public interface ApiConfig {

  /**
   * The origins of the pages that may call where calls need no token, such as {@code
   * https://shop.odoo.com}; none but the daemon's own when empty. Where they need one, it is the
   * pages that were paired.
   */
  Optional<List<String>> origins();

  /**
   * The largest body that is taken. More than 1M counts as 1M, which is what the queue has room
   * for.
   */
  @WithDefault("1M")
  MemorySize largestBody();
}
