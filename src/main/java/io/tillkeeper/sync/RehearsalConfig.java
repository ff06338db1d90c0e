package io.tillkeeper.sync;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Whether rehearsals may run. */
@ConfigMapping(prefix = "tillkeeper.rehearsal")
public interface RehearsalConfig {

  /** Whether the configured Odoo is one for tests, so that test customers may be made in it. */
  @WithDefault("false")
  boolean staging();
}
