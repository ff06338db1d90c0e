package io.tillkeeper.storage;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where the queue lies; the keys are a contract. */
@ConfigMapping(prefix = "tillkeeper.storage")
public interface StorageConfig {

  /**
   * The directory of the queue's database. The default is the state directory that systemd gives a
   * service, else {@code ~/.local/state/tillkeeper}.
   */
  Path directory();

  /**
   * Free space on the disk that is kept: below it nothing is accepted, so that what is queued can
   * still be delivered.
   */
  @WithDefault("64M")
  MemorySize reserve();

  /**
   * Whether the database, its copies and the journal are encrypted. Where that is not as they are,
   * the next start makes it so.
   */
  @WithDefault("true")
  boolean encrypted();

  /**
   * The file with the key for that. Without it the key is the credential {@code storage-key} that
   * systemd hands to the service, or one that the daemon makes itself, in the directory.
   */
  Optional<Path> keyFile();

  /** How often the database is copied beside itself, where anything was written meanwhile. */
  @WithDefault("1h")
  Duration backupEvery();
}
