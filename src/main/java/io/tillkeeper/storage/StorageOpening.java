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
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
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

  private static final int EX_NOINPUT = 66;
  private static final int EX_CANTCREAT = 73;
  static final int EX_IOERR = 74;
  private static final int EX_TEMPFAIL = 75;
  private static final int EX_CONFIG = 78;

  private final StorageConfig config;
  private final String url;
  private final DataSource database;
  private final FlywayFactory migrations;
  private final Backups backups;
  private final QueueAccess access;
  private final Inspection inspection;
  private final Completeness completeness;
  private final Running running;
  private final KeyCheck keyCheck;
  private final FormChange formChange;
  private final Encryption encryption;

  StorageOpening(
      StorageConfig config,
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
      DataSource database,
      FlywayFactory migrations,
      Backups backups,
      QueueAccess access,
      Inspection inspection,
      Completeness completeness,
      Running running,
      KeyCheck keyCheck,
      FormChange formChange,
      Encryption encryption) {
    this.config = config;
    this.url = url;
    this.database = database;
    this.migrations = migrations;
    this.backups = backups;
    this.access = access;
    this.inspection = inspection;
    this.completeness = completeness;
    this.running = running;
    this.keyCheck = keyCheck;
    this.formChange = formChange;
    this.encryption = encryption;
  }

  void open(@Observes @Priority(FIRST) StartupEvent start) {
    keepTransactionsIndoors();
    prepareDirectory(config.directory());
    DurableDriver.use(access);
    var early = EarlyOpening.take(url, config);
    // these look into the file; with it open, that would let go of H2's lock on it
    if (early.isEmpty()) {
      keyCheck.run();
      inspection.afterBreakdown();
      encrypt();
    }
    connect(early);
    running.began();
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

  static String reason(IOException e) {
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      case Backups.NoRoom full -> String.valueOf(full.getMessage());
      default -> e.toString();
    };
  }

  /** Or the other way round, where the configuration wants that now. */
  private void encrypt() {
    try {
      encryption.makeKey();
      if (formChange.isDue() && inspection.findsDamage()) {
        inspection.repair();
      }
      if (formChange.isDue()) {
        formChange.run();
      }
    } catch (IOException e) {
      throw new StartRefused(
          "The queue in %s cannot be made as tillkeeper.storage.encrypted wants it: %s. It is as it was."
              .formatted(config.directory(), reason(e)),
          EX_CANTCREAT);
    }
  }

  private void connect(Optional<Connection> early) {
    try {
      tryToConnect(early);
    } catch (SQLException e) {
      if (!Damage.mayBeBehind(e) || !inspection.findsDamage()) {
        throw refusal(config.directory(), e);
      }
      repair();
      connectAgain();
    }
  }

  private void repair() {
    inspection.repair();
    encrypt(); // the copy may be from before that
  }

  private void connectAgain() {
    try {
      tryToConnect(Optional.empty());
    } catch (SQLException again) {
      throw refusal(config.directory(), again);
    }
  }

  /** The pool's connections then find the database open, which takes a while. */
  private void tryToConnect(Optional<Connection> early) throws SQLException {
    try (var first = openWithAllThatWasAccepted(early)) {
      LOG.debugf("Opened %s", first.getMetaData().getURL());
      database.getConnection().close();
    }
  }

  private Connection openWithAllThatWasAccepted(Optional<Connection> early) throws SQLException {
    if (early.isPresent()) {
      return early.get();
    }
    if (completeness.isMissing()) {
      repair();
    }
    var connection = access.open(url);
    if (!completeness.isBehind(connection)) {
      return connection;
    }
    connection.close();
    repair();
    return access.open(url);
  }

  /** Why the database in a directory cannot be opened. */
  static StartRefused refusal(Path directory, SQLException e) {
    var code = Damage.sqlCause(e).map(SQLException::getErrorCode).orElse(0);
    if (code == ErrorCode.DATABASE_ALREADY_OPEN_1) {
      return inUse(directory);
    }
    if (code == ErrorCode.DATABASE_NOT_FOUND_WITH_IF_EXISTS_1) {
      return new StartRefused(
          "There is no queue in %s (tillkeeper.storage.directory).".formatted(directory),
          EX_NOINPUT);
    }
    return new StartRefused(
        "Cannot open the queue in %s (tillkeeper.storage.directory): %s"
            .formatted(directory, e.getMessage()),
        EX_IOERR);
  }

  static StartRefused inUse(Path directory) {
    return new StartRefused(
        "Another Tillkeeper uses the directory %s (tillkeeper.storage.directory); only one can."
            .formatted(directory),
        EX_TEMPFAIL);
  }

  private void checkDurable() {
    if (!OpenFiles.areSynchronous(config.directory())) {
      throw new StartRefused(
          "The queue's database in %s is not written synchronously, so a power cut could lose what was accepted; refusing to start."
              .formatted(config.directory()),
          EX_IOERR);
    }
  }

  /** Brings a database of an older version to this one's form, after a backup. */
  private void migrate() {
    try {
      var changed = !isOfThisForm() && change();
      try (var connection = database.getConnection()) {
        SchemaDigest.keep(connection, changed);
        if (changed) {
          closeDatabase(connection);
        }
      }
    } catch (FlywayException | SQLException e) {
      if (Damage.mayBeBehind(e)) {
        throw Damage.found();
      }
      throw new StartRefused(
          "Cannot bring the queue in %s to this version's form: %s"
              .formatted(config.directory(), e.getMessage()),
          EX_IOERR);
    }
  }

  /**
   * What the forms define knows the session that made it ({@code ConditionInConstantSet}): once
   * that is closed, as the pool does when there is nothing to do, no row can be written any more.
   * When H2 opens a database it reads the definitions in a session that stays.
   */
  private static void closeDatabase(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute("shutdown");
    }
  }

  private boolean isOfThisForm() throws SQLException {
    try (var connection = database.getConnection()) {
      return KnownForms.areThoseOf(connection);
    }
  }

  private boolean change() {
    var flyway = migrations.make();
    var forms = flyway.info();
    refuseNewer(forms.applied());
    if (forms.applied().length > 0 && forms.pending().length > 0) {
      backUp(forms.current().getVersion());
    }
    return flyway.migrate().migrationsExecuted > 0;
  }

  private void refuseNewer(MigrationInfo[] applied) {
    if (Arrays.stream(applied).anyMatch(form -> form.getState() == MigrationState.FUTURE_SUCCESS)) {
      throw new StartRefused(
          ("The queue in %s was last used by a newer version of Tillkeeper, whose form this one does not know. Install that"
                  + " version again, or restore the backup from before the upgrade; nothing was changed.")
              .formatted(config.directory()),
          EX_CONFIG);
    }
  }

  private void backUp(MigrationVersion form) {
    try {
      var backup = backups.take("queue-form-%s".formatted(form));
      LOG.infof("The queue is of an older version; a backup of it is in %s.", backup.file());
    } catch (IOException e) {
      throw new StartRefused(
          "The queue in %s is of an older version, and no backup of it can be made before it is changed: %s."
              .formatted(config.directory(), reason(e)),
          EX_CANTCREAT);
    }
  }
}
