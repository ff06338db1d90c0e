package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;

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

  /** What the journal has is in the database, and on the disk. */
  public void completed() throws IOException {
    Repair.unmark(directory);
  }
}
