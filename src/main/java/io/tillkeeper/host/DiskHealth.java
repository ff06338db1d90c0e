package io.tillkeeper.host;

import io.tillkeeper.storage.DiskReserve;
import io.tillkeeper.storage.OpenedFile;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready is a daemon that has room to accept; a restart makes none. */
@Readiness
class DiskHealth implements HealthCheck {

  private final DiskReserve disk;
  private final OpenedFile file;

  DiskHealth(DiskReserve disk, OpenedFile file) {
    this.file = file;
    this.disk = disk;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.named("disk")
        .status(disk.isIntact() && file.isInPlace())
        .withData("freeBytes", disk.freeBytes())
        .withData("reserveBytes", disk.reserveBytes())
        .build();
  }
}
