package io.tillkeeper.storage;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether what is handed over now has a place on the disk. It is looked at again and again, since a
 * disk fills up while no till asks for anything; {@link StorageChanged} is fired when the answer is
 * another one.
 */
@ApplicationScoped
public class StorageCheck {

  /** Why it has none. */
  public enum Fault {
    /** There is no more free space than the reserve. */
    FULL,
    /** The database's file is not where it was when the daemon started. */
    MOVED
  }

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  private final DiskReserve disk;
  private final OpenedFile file;
  private final Runnable onChange;
  private Optional<Fault> known = Optional.empty();

  @Inject
  StorageCheck(DiskReserve disk, OpenedFile file, Event<StorageChanged> event) {
    this(disk, file, () -> event.fire(new StorageChanged()));
  }

  StorageCheck(DiskReserve disk, OpenedFile file, Runnable onChange) {
    this.disk = disk;
    this.file = file;
    this.onChange = onChange;
  }

  void start(@Observes StartupEvent started, Pulse pulse) {
    pulse.every(LOOK_EVERY, this::look);
  }

  void look() {
    var now = fault();
    if (!now.equals(known)) {
      known = now;
      onChange.run();
    }
  }

  /** Why nothing is accepted at the moment; empty when it is. */
  public Optional<Fault> fault() {
    if (!file.isInPlace()) {
      return Optional.of(Fault.MOVED);
    }
    return disk.isIntact() ? Optional.empty() : Optional.of(Fault.FULL);
  }
}
