package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.h2.store.fs.encrypt.FileEncrypt;
import org.h2.store.fs.encrypt.FilePathEncrypt;

/**
 * How the queue's database is opened where the daemon itself does not have it open.
 *
 * @param settings of H2's, each with a semicolon before it
 */
record QueueAccess(String settings, String user, String password) {

  /** As the product has it. */
  static final QueueAccess USUAL = new QueueAccess(";TRACE_LEVEL_FILE=0", "tillkeeper", "");

  /** As the daemon opens it. */
  static QueueAccess of(String url, String user, String password) {
    var settings = url.indexOf(';');
    return new QueueAccess(settings < 0 ? "" : url.substring(settings), user, password);
  }

  /** Opens a database that is there. */
  Connection open(Path directory) throws SQLException {
    return open(directory, "");
  }

  /** Opens one that is there, and writes nothing. */
  Connection openToRead(Path directory) throws SQLException {
    return open(directory, ";ACCESS_MODE_DATA=r");
  }

  /**
   * What is in a file, where it is encrypted: by the first word of the password. With a wrong one
   * it makes no sense.
   */
  FileChannel plain(FileChannel file) throws IOException {
    var end = password.indexOf(' ');
    if (!settings.contains(";CIPHER=AES") || end < 0) {
      return file;
    }
    var key = FilePathEncrypt.getPasswordBytes(password.substring(0, end).toCharArray());
    return new FileEncrypt(QueueFile.NAME, key, file);
  }

  private Connection open(Path directory, String more) throws SQLException {
    DurableFilePath.register();
    var credentials = new Properties();
    credentials.setProperty("user", user);
    credentials.setProperty("password", password);
    try {
      return DriverManager.getConnection(
          "jdbc:h2:durable:%s/%s%s;IFEXISTS=TRUE%s"
              .formatted(directory.toAbsolutePath(), QueueFile.DATABASE, settings, more),
          credentials);
    } catch (RuntimeException e) {
      throw new SQLException(e); // what H2 finds in a file that makes no sense
    }
  }
}
