package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;

/**
 * How the queue's database is opened, whether it is encrypted or not.
 *
 * @param settings of H2's, each with a semicolon before it
 * @param encryption what a file is made like that is not there yet, and the key for one that is
 */
record QueueAccess(String settings, Encryption encryption) {

  private static final String SCHEME = DurableFilePath.SCHEME + ":";

  private static final String PREFIX = "jdbc:h2:" + SCHEME;

  /**
   * Of the daemon's own database. {@code WRITE_DELAY=0}: H2 writes at each commit. {@code
   * PAGE_SIZE}: a commit writes every page anew that it touches; the smaller they are the less it
   * writes. {@code MAX_COMPACT_TIME=0}: {@link Compaction} sees to the file while there is time; at
   * a stop H2 would do it for ten seconds where the queue is long. {@code TRACE_LEVEL_FILE=0}: no
   * trace file beside the database, which could hold customers' data.
   */
  private static final String SETTINGS =
      ";WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE;CACHE_SIZE=4096;PAGE_SIZE=1024;MAX_COMPACT_TIME=0";

  /**
   * No setting, and no secret: who has the file has the database, unless it is encrypted. So a
   * database that does not know it is damaged.
   */
  private static final String USER = "tillkeeper";

  /** As the product has it, where the daemon itself does not run. */
  static QueueAccess of(StorageConfig config) {
    return new QueueAccess(";TRACE_LEVEL_FILE=0", new Encryption(config));
  }

  /**
   * As the daemon opens it.
   *
   * @param url with settings where they are to be others than the product's
   */
  static QueueAccess of(String url, Encryption encryption) {
    var settings = url.indexOf(';');
    return new QueueAccess(settings < 0 ? SETTINGS : url.substring(settings), encryption);
  }

  /** The address of the daemon's own database in a directory. */
  static String url(Path directory) {
    return PREFIX + directory + "/" + QueueFile.DATABASE;
  }

  /** Opens a database that is there, and that this process does not have open. */
  Connection open(Path directory) throws SQLException {
    return open(directory, "");
  }

  /** The same, and writes nothing. */
  Connection openToRead(Path directory) throws SQLException {
    return open(directory, ";ACCESS_MODE_DATA=r");
  }

  private Connection open(Path directory, String more) throws SQLException {
    return open(
        url(directory.toAbsolutePath()) + settings + ";IFEXISTS=TRUE" + more,
        isEncrypted(directory.resolve(QueueFile.NAME)));
  }

  /** Opens the daemon's own database before anybody else does, or makes it. */
  Connection open(String url) throws SQLException {
    return open(url, encryption.isWanted());
  }

  private Connection open(String url, boolean encrypted) throws SQLException {
    DurableFilePath.register();
    try {
      return connect(url, encrypted);
    } catch (StartRefused e) {
      throw e;
    } catch (SQLException e) {
      DurableFilePath.closeForgotten(file(url));
      throw e;
    } catch (RuntimeException e) {
      DurableFilePath.closeForgotten(file(url));
      throw new SQLException(e); // what H2 finds in a file that makes no sense
    }
  }

  /**
   * Opens the daemon's own database, after a start that has made it as it is wanted. Its file is
   * not looked at: the system lets go of the lock that H2 has on it when any descriptor of the same
   * file is closed.
   */
  Connection connect(String url) throws SQLException {
    return connect(url, encryption.isWanted());
  }

  private Connection connect(String url, boolean encrypted) throws SQLException {
    DurableFilePath.use(file(url), encrypted ? Optional.of(encryption.key()) : Optional.empty());
    return new QueueConnection(url.contains(";") ? url : url + settings, credentials());
  }

  /** Which file an address of the daemon's own database means. */
  static Path file(String url) {
    var name = url.substring(url.indexOf(SCHEME) + SCHEME.length());
    var settings = name.indexOf(';');
    return Path.of((settings < 0 ? name : name.substring(0, settings)) + QueueFile.SUFFIX);
  }

  private static Properties credentials() {
    var credentials = new Properties();
    credentials.setProperty("user", USER);
    credentials.setProperty("password", "");
    return credentials;
  }

  private static boolean isEncrypted(Path file) {
    try {
      return Form.of(file) == Form.ENCRYPTED;
    } catch (IOException e) {
      return false; // the database itself says why it cannot be read
    }
  }

  /** What is in a database's file, with the key where it is encrypted. */
  FileChannel plain(FileChannel file) throws IOException {
    return Form.of(file) == Form.ENCRYPTED ? encryption.key().plain(file) : file;
  }
}
