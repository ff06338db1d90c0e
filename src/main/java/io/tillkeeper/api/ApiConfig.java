package io.tillkeeper.api;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Who may call the local API. */
@ConfigMapping(prefix = "tillkeeper.api")
public interface ApiConfig {

  /**
   * The origins of the pages that may call, such as {@code https://shop.odoo.com}; none but the
   * daemon's own when empty.
   */
  Optional<List<String>> origins();
}
