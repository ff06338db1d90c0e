package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** Whether the database is a copy that took the place of another one, and lacks what came since. */
@ApplicationScoped
public class Restored {

  private final Path directory;

  Restored(StorageConfig config) {
    this.directory = config.directory();
  }

  /** Whether it lacks what the journal has. It says so until {@link #completed}, in a crash too. */
  public boolean isIncomplete() {
    return Repair.isMarked(directory);
  }

  /** When that one took the place, by this box's clock: it tells one time from another. */
  public Instant at() throws IOException {
    return Repair.markedAt(directory);
  }

  /** What the journal has is in the database, and on the disk. */
  public void completed() throws IOException {
    Repair.unmark(directory);
  }
}
