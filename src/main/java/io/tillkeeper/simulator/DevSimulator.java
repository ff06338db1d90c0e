package io.tillkeeper.simulator;

import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Runs a stand-in Odoo beside the daemon in dev mode, and frees its ports on a live reload. */
@ApplicationScoped
@IfBuildProfile("dev")
class DevSimulator {

  private static final Logger LOG = Logger.getLogger(DevSimulator.class);

  private final DevSimulatorConfig config;
  private @Nullable Simulator simulator;

  DevSimulator(DevSimulatorConfig config) {
    this.config = config;
  }

  // before the application looks for its Odoo
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
    SimulatorOptions usual = SimulatorOptions.odoo(config.version());
    Instant keyEnds = usual.clock().instant().plus(config.keyLifetime());
    Simulator started =
        Simulator.start(
            usual
                .withPorts(config.port(), config.controlPort())
                .withKeys(new SimulatorOptions.Keys(keyEnds, true)));
    simulator = started;
    LOG.infof(
        "A stand-in Odoo %s listens on %s; its faults are switched on %s",
        started.version(), started.url(), started.controlUrl());
  }

  // after the application has stopped calling it
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER + 500) ShutdownEvent event) {
    if (simulator != null) {
      simulator.close();
      simulator = null;
    }
  }
}
