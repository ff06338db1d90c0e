package io.tillkeeper.storage;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A queue's directory as the configuration may have it, without a daemon.
 *
 * @param reserveBytes the free space that is kept
 */
public record TestStorage(
    Path directory, boolean encrypted, Optional<Path> keyFile, long reserveBytes)
    implements StorageConfig {

  public static TestStorage plain(Path directory) {
    return new TestStorage(directory, false, Optional.empty(), 0);
  }

  public static TestStorage encrypted(Path directory) {
    return new TestStorage(directory, true, Optional.empty(), 0);
  }

  TestStorage with(Path key) {
    return new TestStorage(directory, encrypted, Optional.of(key), reserveBytes);
  }

  public TestStorage keeping(long bytes) {
    return new TestStorage(directory, encrypted, keyFile, bytes);
  }

  @Override
  public MemorySize reserve() {
    return new MemorySize(BigInteger.valueOf(reserveBytes));
  }

  @Override
  public Duration backupEvery() {
    return Duration.ofHours(1);
  }
}
