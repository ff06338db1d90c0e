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

/** A mark on the disk for as long as the daemon runs: it is left where one ends in the middle. */
@ApplicationScoped
public class Running {

  private static final Logger LOG = Logger.getLogger(Running.class);
  private static final String MARK = "running";

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
    if (!suspect) {
      suspect = true;
      LOG.errorf(
          "%s, so the database may be damaged: the daemon is started anew, to see to that.", seen);
      Quarkus.asyncExit(StorageOpening.EX_IOERR);
    }
  }

  static boolean isMarked(Path directory) {
    return Files.exists(directory.resolve(MARK));
  }

  void started(@Observes @Priority(StorageOpening.FIRST + 1) StartupEvent event) {
    if (!isMarked(directory)) {
      try {
        Files.createFile(directory.resolve(MARK));
        Backups.sync(directory, StandardOpenOption.READ);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
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
