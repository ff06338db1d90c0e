package io.tillkeeper.host;

import io.tillkeeper.queue.QueueCheck;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive is a daemon whose database answers; a restart may cure one that does not. */
@Liveness
class QueueHealth implements HealthCheck {

  private final QueueCheck queue;

  QueueHealth(QueueCheck queue) {
    this.queue = queue;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("queue").status(queue.isWorking()).build();
  }
}
