package io.tillkeeper.simulator;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;

/** Where the stand-in Odoo of the dev mode listens; a production build has none. */
@ConfigMapping(prefix = "tillkeeper.simulator")
public interface DevSimulatorConfig {

  /** The version of Odoo that it stands in for. */
  @WithDefault("19.0")
  String version();

  /** How long the key of its user is good for. */
  @WithDefault("90d")
  Duration keyLifetime();

  /** The port of Odoo. */
  @WithDefault("8485")
  @Min(0) @Max(65535) int port();

  /** The port where faults are switched. */
  @WithDefault("8486")
  @Min(0) @Max(65535) int controlPort();
}
