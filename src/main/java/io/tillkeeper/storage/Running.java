package io.tillkeeper.storage;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jboss.logging.Logger;

/**
 * A mark on the disk for as long as the daemon runs: it is left where one ends in the middle. In it
 * is the boot of the machine, from when the daemon has started until it suspects its database: of
 * one that is left and names this boot, only the process ended.
 */
@ApplicationScoped
public class Running {

  private static final Logger LOG = Logger.getLogger(Running.class);
  private static final String MARK = "running";

  /**
   * Linux names each boot by a random number; elsewhere none has a name, and any may be another.
   */
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  private final Path directory;
  private volatile boolean suspect;

  Running(StorageConfig config) {
    this.directory = config.directory();
  }

  /**
   * Ends the daemon, because its database seems to be damaged. The next start, which systemd makes
   * at once, looks through the file and repairs it.
   *
   * @param seen what was seen, as the beginning of a sentence
   */
  public void startAnew(String seen) {
    if (suspect()) {
      LOG.errorf(
          "%s, so the database may be damaged: the daemon is started anew, to see to that.", seen);
      Quarkus.asyncExit(StorageOpening.EX_IOERR);
    }
  }

  private synchronized boolean suspect() {
    var first = !suspect;
    suspect = true;
    doubt();
    return first;
  }

  /** Has the next start look through the database, if it comes after an end in the middle. */
  public void doubt() {
    doubt(directory);
  }

  /** The same, of the daemon that runs in a directory; nothing where none does. */
  static void doubt(Path directory) {
    mark(directory, "");
  }

  static boolean isMarked(Path directory) {
    return Files.exists(directory.resolve(MARK));
  }

  /** Whether a daemon that left its mark had started, and the machine has been up since. */
  static boolean onlyProcessEnded(Path directory) {
    var boot = boot();
    try {
      return !boot.isEmpty() && Files.readString(directory.resolve(MARK)).equals(boot);
    } catch (IOException e) {
      return false;
    }
  }

  private static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException e) {
      return "";
    }
  }

  /**
   * Makes the mark, which is on the disk when this returns. The database is open, and may still
   * turn out to be damaged when more of it is read.
   */
  void began() {
    DiskTrouble.begin(() -> startAnew("A part of the database is not as it was written"));
    try {
      if (!isMarked(directory)) {
        Files.createFile(directory.resolve(MARK));
        Backups.sync(directory, StandardOpenOption.READ);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    doubt();
  }

  synchronized void started(
      @Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
    if (!suspect) {
      mark(directory, boot());
    }
  }

  /** Need not be on the disk: what a power cut leaves of it is not the name of the next boot. */
  private static void mark(Path directory, String text) {
    try {
      Files.writeString(
          directory.resolve(MARK),
          text,
          StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING);
    } catch (IOException e) {
      LOG.debug("What is in the mark of a running daemon cannot be changed.", e);
    }
  }

  void stopped(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) ShutdownEvent event) {
    if (suspect) {
      return;
    }
    try {
      Files.deleteIfExists(directory.resolve(MARK));
    } catch (IOException e) {
      LOG.warnf(
          "The mark of a running daemon in %s cannot be removed (%s); the next start looks through the database's file.",
          directory, e.getClass().getSimpleName());
    }
  }
}
