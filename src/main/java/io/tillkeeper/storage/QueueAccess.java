package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.regex.Pattern;
import org.h2.Driver;

/**
 * How the queue's database is opened, whether it is encrypted or not.
 *
 * @param settings of H2's, each with a semicolon before it
 * @param encryption what a file is made like that is not there yet, and the key for one that is
 */
record QueueAccess(String settings, String user, String password, Encryption encryption) {

  private static final Pattern PAGE_SIZE = Pattern.compile(";PAGE_SIZE=\\d+");

  /** The smallest that H2 takes with a cipher. */
  private static final String CIPHER = ";PAGE_SIZE=4096;CIPHER=AES";

  private static final String USER = "user";
  private static final String PASSWORD = "password";

  /** As the product has it, where the daemon itself does not run. */
  static QueueAccess of(StorageConfig config) {
    return new QueueAccess(";TRACE_LEVEL_FILE=0", "tillkeeper", "", new Encryption(config));
  }

  /** As the daemon opens it. */
  static QueueAccess of(String url, String user, String password, Encryption encryption) {
    var settings = url.indexOf(';');
    return new QueueAccess(settings < 0 ? "" : url.substring(settings), user, password, encryption);
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
    DurableFilePath.register();
    var credentials = new Properties();
    credentials.setProperty(USER, user);
    credentials.setProperty(PASSWORD, password);
    try {
      return connect(
          "jdbc:h2:%s:%s/%s%s;IFEXISTS=TRUE%s"
              .formatted(
                  DurableFilePath.SCHEME,
                  directory.toAbsolutePath(),
                  QueueFile.DATABASE,
                  settings,
                  more),
          credentials,
          isEncrypted(directory.resolve(QueueFile.NAME)));
    } catch (StartRefused e) {
      throw e;
    } catch (RuntimeException e) {
      throw new SQLException(e); // what H2 finds in a file that makes no sense
    }
  }

  /**
   * Opens the daemon's own database, after a start that has made it as it is wanted. Its file is
   * not looked at: the system lets go of the lock that H2 has on it when any descriptor of the same
   * file is closed.
   */
  Connection connect(String url, Properties credentials) throws SQLException {
    return connect(url, credentials, encryption.isWanted());
  }

  private Connection connect(String url, Properties credentials, boolean encrypted)
      throws SQLException {
    return encrypted
        ? Driver.load()
            .connect(PAGE_SIZE.matcher(url).replaceAll("") + CIPHER, withKey(credentials))
        : Driver.load().connect(url, credentials);
  }

  private static boolean isEncrypted(Path file) {
    try {
      return Form.of(file) == Form.ENCRYPTED;
    } catch (IOException e) {
      return false; // the database itself says why it cannot be read
    }
  }

  private Properties withKey(Properties credentials) {
    var both = new Properties();
    both.putAll(credentials);
    both.setProperty(PASSWORD, encryption.key().with(credentials.getProperty(PASSWORD, "")));
    return both;
  }

  /** What is in a database's file, with the key where it is encrypted. */
  FileChannel plain(FileChannel file) throws IOException {
    return Form.of(file) == Form.ENCRYPTED ? encryption.key().plain(file) : file;
  }
}
