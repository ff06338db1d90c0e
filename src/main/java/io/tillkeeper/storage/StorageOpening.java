package io.tillkeeper.storage;

import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.internal.arjuna.utils.UuidProcessId;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.h2.api.ErrorCode;
import org.jboss.logging.Logger;

/**
 * Opens the database before anything else is started, or ends the start with one sentence and an
 * exit code of {@code sysexits.h}. Nothing is changed on the disk when it ends so.
 */
@ApplicationScoped
class StorageOpening {

  /** Before every other observer of the start. */
  static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE;

  private static final Logger LOG = Logger.getLogger(StorageOpening.class);

  private static final int EX_CANTCREAT = 73;
  private static final int EX_IOERR = 74;
  private static final int EX_TEMPFAIL = 75;

  private final StorageConfig config;
  private final DataSource database;
  private final Flyway flyway;

  StorageOpening(StorageConfig config, DataSource database, Flyway flyway) {
    this.config = config;
    this.database = database;
    this.flyway = flyway;
  }

  void open(@Observes @Priority(FIRST) StartupEvent start) {
    keepTransactionsIndoors();
    prepareDirectory(config.directory());
    connect();
    checkDurable();
    migrate();
    LOG.infof("The queue is in %s.", config.directory());
  }

  /**
   * The transaction manager names its process by a port that it opens for that; a number does as
   * well.
   */
  private static void keepTransactionsIndoors() {
    arjPropertyManager.getCoreEnvironmentBean().setProcessImplementation(new UuidProcessId());
  }

  private static void prepareDirectory(Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, "writable", null));
    } catch (IOException e) {
      throw new StartRefused(
          "Cannot write in the directory %s (tillkeeper.storage.directory): %s."
              .formatted(directory, reason(e)),
          EX_CANTCREAT);
    }
  }

  private static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      default -> e.toString();
    };
  }

  private void connect() {
    try (var connection = database.getConnection()) {
      LOG.debugf("Opened %s", connection.getMetaData().getURL());
    } catch (SQLException e) {
      throw refusal(e);
    }
  }

  private StartRefused refusal(SQLException e) {
    var code = sqlCause(e).map(SQLException::getErrorCode).orElse(0);
    if (code == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return new StartRefused(
          "Another Tillkeeper uses the directory %s (tillkeeper.storage.directory); only one can."
              .formatted(config.directory()),
          EX_TEMPFAIL);
    }
    return new StartRefused(
        "Cannot open the queue in %s (tillkeeper.storage.directory): %s"
            .formatted(config.directory(), e.getMessage()),
        EX_IOERR);
  }

  /** The connection pool wraps what H2 says. */
  private static Optional<SQLException> sqlCause(Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }

  private void checkDurable() {
    if (!OpenFiles.areSynchronous(config.directory())) {
      throw new StartRefused(
          "The queue's database in %s is not written synchronously, so a power cut could lose what was accepted; refusing to start."
              .formatted(config.directory()),
          EX_IOERR);
    }
  }

  private void migrate() {
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new StartRefused(
          "Cannot bring the queue in %s to this version's form: %s"
              .formatted(config.directory(), e.getMessage()),
          EX_IOERR);
    }
  }
}
