package io.tillkeeper.host;

import io.tillkeeper.storage.DiskReserve;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is a daemon that has room to accept; a restart makes none. */
@Readiness
class DiskHealth implements HealthCheck {

  private final DiskReserve disk;

  DiskHealth(DiskReserve disk) {
    this.disk = disk;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("disk")
        .status(disk.isIntact())
        .withData("freeBytes", disk.freeBytes())
        .withData("reserveBytes", disk.reserveBytes())
        .build();
  }
}
