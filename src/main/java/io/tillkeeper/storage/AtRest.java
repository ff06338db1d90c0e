package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Whether what lies in the directory of a queue is encrypted, seen without the daemon.
 *
 * @param wanted whether the configuration wants it
 * @param encrypted whether the database is; empty when there is none
 * @param key where the key lies; empty when there is none
 */
public record AtRest(boolean wanted, Optional<Boolean> encrypted, Optional<Path> key) {

  /**
   * @throws IOException when the database cannot be looked at
   */
  public static AtRest of(StorageConfig config) throws IOException {
    var form = Form.of(config.directory().resolve(QueueFile.NAME));
    return new AtRest(
        config.encrypted(),
        Optional.of(form == Form.ENCRYPTED).filter(known -> form != Form.NONE),
        new Encryption(config).place());
  }

  /** What is wrong with the key: one sentence for a technician, or nothing. */
  public static Optional<String> problem(StorageConfig config) {
    var encryption = new Encryption(config);
    if (encryption.place().isEmpty()) {
      return Optional.empty(); // the daemon makes one, or says that it is missing
    }
    try {
      encryption.key();
      return Optional.empty();
    } catch (StartRefused refused) {
      return Optional.ofNullable(refused.getMessage());
    }
  }
}
