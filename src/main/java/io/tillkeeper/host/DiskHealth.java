package io.tillkeeper.host;

import io.tillkeeper.storage.DiskReserve;
import io.tillkeeper.storage.StorageCheck;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is a daemon that has room to accept; a restart makes none. */
@Readiness
class DiskHealth implements HealthCheck {

  private final DiskReserve disk;
  private final StorageCheck check;

  DiskHealth(DiskReserve disk, StorageCheck check) {
    this.disk = disk;
    this.check = check;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("disk")
        .status(check.fault().isEmpty())
        .withData("freeBytes", disk.freeBytes())
        .withData("reserveBytes", disk.reserveBytes())
        .build();
  }
}
