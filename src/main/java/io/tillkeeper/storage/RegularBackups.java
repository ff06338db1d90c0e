package io.tillkeeper.storage;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import org.jboss.logging.Logger;

/**
 * Copies the database now and then, and when the daemon stops, where anything was written since the
 * last time: an SD card wears out by writing.
 */
@ApplicationScoped
class RegularBackups {

  private static final Logger LOG = Logger.getLogger(RegularBackups.class);

  /** A stop is to take seconds, with a large database on a slow disk too. */
  private static final long LARGEST_AT_STOP = 64L * 1024 * 1024;

  private final Backups backups;
  private final DiskReserve disk;
  private final Running running;
  private final OpenedFile opened;
  private final Pulse pulse;
  private final StorageConfig config;
  private long writtenBefore;

  RegularBackups(
      Backups backups,
      DiskReserve disk,
      Running running,
      OpenedFile opened,
      Pulse pulse,
      StorageConfig config) {
    this.backups = backups;
    this.disk = disk;
    this.running = running;
    this.opened = opened;
    this.pulse = pulse;
    this.config = config;
  }

  /** What the start itself writes is nothing new. */
  void started(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
    writtenBefore = WrittenBytes.total();
    pulse.every(config.backupEvery(), this::take);
  }

  synchronized void take() {
    if (WrittenBytes.total() == writtenBefore) {
      return;
    }
    try {
      var backup = backups.takeRegular();
      LOG.debugf("The queue is copied to %s.", backup.file());
      writtenBefore = WrittenBytes.total();
    } catch (QueueFile.Damaged e) {
      writtenBefore = WrittenBytes.total();
      running.startAnew("A copy of the queue's database cannot be read");
    } catch (IOException e) {
      LOG.warnf("No copy of the queue's database can be made: %s.", e.getMessage());
    }
  }

  /** When nothing writes any more, and the database is still open. */
  void stopping(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER - 1) ShutdownEvent event) {
    if (opened.isInPlace() && disk.databaseBytes() <= LARGEST_AT_STOP) {
      take();
    }
  }
}
