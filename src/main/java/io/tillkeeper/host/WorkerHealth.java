package io.tillkeeper.host;

import io.tillkeeper.sync.WorkerLoop;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive is a daemon whose worker gets on. Whether Odoo can be reached is not its business. */
@Liveness
class WorkerHealth implements HealthCheck {

  private final WorkerLoop worker;

  WorkerHealth(WorkerLoop worker) {
    this.worker = worker;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("worker").status(worker.isWorking()).build();
  }
}
