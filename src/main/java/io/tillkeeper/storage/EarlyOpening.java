package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Opens the queue's database beside the rest of the start, which takes a third of that on one of
 * two cores: one to which nothing has happened, which is as the configuration wants it, and has all
 * that was accepted. All else is left as it is, to {@link StorageOpening}, which also says what is
 * wrong.
 *
 * <p>Where the start is then refused, what is in the queue is as it was; that H2 had the file open
 * is noted in it, as after a kill, and one number is left out.
 */
public final class EarlyOpening {

  private static final Logger LOG = Logger.getLogger(EarlyOpening.class);

  private static volatile @Nullable FutureTask<Optional<Opened>> begun;

  /** The number for the first operation, where the database was opened and is in use. */
  private static volatile OptionalLong number = OptionalLong.empty();

  private final StorageConfig config;
  private final Progress progress;
  private final Path directory;
  private final String url;
  private final Encryption encryption;

  private EarlyOpening(StorageConfig config, Progress progress) {
    this.config = config;
    this.progress = progress;
    this.directory = config.directory();
    this.url = QueueAccess.url(directory);
    this.encryption = new Encryption(config);
  }

  /** What was opened, and by which configuration. */
  private record Opened(
      String url, boolean encrypted, Optional<Path> keyFile, Connection connection, long number) {

    private boolean isOf(String otherUrl, StorageConfig other) {
      return url.equals(otherUrl)
          && encrypted == other.encrypted()
          && keyFile.equals(other.keyFile());
    }
  }

  /**
   * Begins with it, in a thread of its own.
   *
   * @param config where the queue is, as far as that can be told before all of the configuration is
   *     read; asked in that thread
   */
  public static void begin(Supplier<StorageConfig> config, Progress progress) {
    var task = new FutureTask<>(() -> new EarlyOpening(config.get(), progress).open());
    begun = task;
    Thread.ofPlatform().daemon().name("tillkeeper-opening").start(task);
  }

  /**
   * The first connection to the daemon's own database; empty when it was not opened, or another
   * than the configuration means now that all of it is read.
   */
  static Optional<Connection> take(String url, StorageConfig config) {
    var task = begun;
    begun = null;
    if (task == null) {
      return Optional.empty();
    }
    try {
      var opened = task.get();
      if (opened.isPresent() && !opened.get().isOf(url, config)) {
        opened.get().connection.close();
        return Optional.empty();
      }
      number = opened.stream().mapToLong(Opened::number).findAny();
      return opened.map(Opened::connection);
    } catch (ExecutionException | SQLException e) {
      LOG.debug("The database was not opened early.", e);
      return Optional.empty();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a start", e);
    }
  }

  /** The number that the first operation is to have; empty when none was taken, or it was asked. */
  public static OptionalLong takeNumber() {
    var taken = number;
    number = OptionalLong.empty();
    return taken;
  }

  private Optional<Opened> open() throws IOException, SQLException {
    var access = QueueAccess.of(url, encryption);
    var journal = new Journal(config, encryption);
    var file = directory.resolve(QueueFile.NAME);
    if (Form.of(file) == Form.NONE
        || Repair.isMarked(directory)
        || Running.isMarked(directory) && !Running.onlyProcessEnded(directory)
        || new FormChange(config, access, encryption, journal, new SetAside(config)).isDue()) {
      return Optional.empty();
    }
    new KeyCheck(config, encryption, journal).run();
    if (Running.isMarked(directory)) {
      StoreHeader.putRight(file, access);
    }
    encryption.makeKey();
    var connection = access.open(url);
    var opened = Optional.<Opened>empty();
    try {
      if (!new Completeness(config, journal, progress).isBehind(connection)) {
        // that is written to the disk, and the first write takes longest
        var number = progress.takeNumber(connection);
        opened =
            Optional.of(new Opened(url, config.encrypted(), config.keyFile(), connection, number));
      }
      return opened;
    } finally {
      if (opened.isEmpty()) {
        connection.close();
      }
    }
  }
}
