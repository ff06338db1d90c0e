package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/**
 * Watches the free space where the queue lies, so that accepting stops before the database meets a
 * full disk: what is queued then still has room to be settled.
 */
@ApplicationScoped
public class DiskReserve {

  private final StorageConfig config;

  DiskReserve(StorageConfig config) {
    this.config = config;
  }

  /**
   * Bytes that this process may still write on the disk of the queue; 0 when its directory is gone.
   */
  public long freeBytes() {
    // asks the system alone: the file store is looked up in a file, which needs a descriptor
    return config.directory().toFile().getUsableSpace();
  }

  /** Free space that is kept. */
  public long reserveBytes() {
    return config.reserve().asLongValue();
  }

  /** The size of the queue's database. */
  public long databaseBytes() {
    try {
      return Files.size(config.directory().resolve(QueueFile.NAME));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether there is more free space than the reserve. */
  public boolean isIntact() {
    return freeBytes() > reserveBytes();
  }
}
