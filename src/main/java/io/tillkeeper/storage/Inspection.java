package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Looks at the database's file before anybody opens it, and has a copy take its place where it is
 * damaged, or lacks what was accepted.
 */
@ApplicationScoped
class Inspection {

  private static final Logger LOG = Logger.getLogger(Inspection.class);

  private final Path directory;
  private final QueueAccess access;
  private final InstantSource clock;

  Inspection(StorageConfig config, QueueAccess access, InstantSource clock) {
    this.directory = config.directory();
    this.access = access;
    this.clock = clock;
  }

  /**
   * After an end in the middle. With the power of the machine a write may have gone to the disk in
   * parts; with the process alone it is there up to where that ended, which H2 puts right.
   */
  void afterBreakdown() {
    var file = directory.resolve(QueueFile.NAME);
    if (!Running.isMarked(directory) || !Files.exists(file)) {
      return;
    }
    try {
      StoreHeader.putRight(file, access);
    } catch (IOException e) {
      LOG.debug("The file's header cannot be looked at; opening it says why.", e);
    }
    if (!Running.onlyProcessEnded(directory) && findsDamage()) {
      repair();
    }
  }

  /** Whether the file cannot be read, and nothing but itself is to blame. */
  boolean findsDamage() {
    return QueueFile.isDamaged(directory, access);
  }

  /**
   * Sets the database aside, and puts the newest copy that is whole in its place.
   *
   * @throws StartRefused when that cannot be done
   */
  void repair() {
    try {
      var copy = Repair.fromNewestCopy(directory, access, clock.instant());
      LOG.errorf(
          "The queue's database was damaged, or lacked what was accepted. It is kept in %s; %s took its place, and what was accepted since is taken from the journal.",
          directory.resolve(SetAside.DIRECTORY),
          copy.map(file -> "the copy " + file.getFileName()).orElse("an empty one"));
    } catch (IOException e) {
      throw new StartRefused(
          "The queue's database in %s is damaged, and a copy cannot be put in its place: %s."
              .formatted(directory, StorageOpening.reason(e)),
          StorageOpening.EX_IOERR);
    }
  }
}
