package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/** Opens what a power cut has left, as the product does. */
public final class AfterPowerCut {

  private AfterPowerCut() {}

  /**
   * @param settings what the product says to the database, after its path
   * @param storage of the daemon that made it, whose key it has
   */
  public static Connection open(Path directory, String settings, StorageConfig storage)
      throws IOException, SQLException {
    var access = new QueueAccess(settings, new Encryption(storage));
    StoreHeader.putRight(directory.resolve(QueueFile.NAME), access);
    return access.open(directory);
  }
}
