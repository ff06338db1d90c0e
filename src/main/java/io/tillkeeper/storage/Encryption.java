package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether what lies in the directory of a queue is to be encrypted, and the key for it: that of the
 * file which the configuration names, else the credential that systemd hands to the service, else
 * one that the daemon has made itself and keeps in the directory.
 *
 * <p>Each file says itself whether it is encrypted. So both are read, whatever is wanted, and the
 * key is asked for when a file needs it.
 */
final class Encryption {

  /** The name of the credential, and of the file in the directory. */
  static final String KEY = "storage-key";

  private static final String CONFIGURED = "tillkeeper.storage.key-file";
  private static final int EX_CONFIG = 78;

  private final boolean wanted;
  private final Optional<SecretFile> configured;
  private final Optional<SecretFile> credential;
  private final GeneratedKey generated;
  private final Path directory;
  private @Nullable FileKey known;

  Encryption(StorageConfig config) {
    this(config, SecretFile.credential(KEY));
  }

  /**
   * @param credential the file of the credential, which may be missing or empty: then there is none
   */
  Encryption(StorageConfig config, Optional<SecretFile> credential) {
    this.wanted = config.encrypted();
    this.configured = config.keyFile().map(SecretFile::new);
    this.credential = credential;
    this.directory = config.directory();
    this.generated = new GeneratedKey(directory);
  }

  boolean isWanted() {
    return wanted;
  }

  /** What is written anew is to be like. */
  Form form() {
    return wanted ? Form.ENCRYPTED : Form.PLAIN;
  }

  /** Where the key lies; empty when there is none. */
  Optional<Path> place() {
    return source().map(SecretFile::path);
  }

  /**
   * The key.
   *
   * @throws StartRefused when there is none that can be used
   */
  synchronized FileKey key() {
    var key = known;
    if (key == null) {
      key =
          read(
              source()
                  .orElseThrow(
                      () ->
                          new StartRefused(
                              "The queue in %s is encrypted, and its key, %s, is not there. Bring that file back, or name another place with %s; nothing was changed."
                                  .formatted(directory, generated.path(), CONFIGURED),
                              EX_CONFIG)));
      known = key;
    }
    return key;
  }

  /**
   * Makes a key where one is wanted and there is none, and brings back the part of one that was
   * lost. It is on the disk when this returns, before anything is encrypted with it.
   */
  void makeKey() throws IOException {
    if (elsewhere().isPresent()) {
      return;
    }
    if (generated.source().isPresent()) {
      generated.mend();
    } else if (wanted) {
      generated.make();
    }
  }

  private Optional<SecretFile> source() {
    return elsewhere().or(generated::source);
  }

  private Optional<SecretFile> elsewhere() {
    return configured.or(() -> credential.filter(SecretFile::isFilled));
  }

  private static FileKey read(SecretFile file) {
    if (file.isForEverybody()) {
      throw new StartRefused(file.exposure("The key of the queue"), EX_CONFIG);
    }
    try {
      return FileKey.of(file.firstLine())
          .orElseThrow(
              () ->
                  new StartRefused(
                      "The first line of %s is no key for the queue: that is at least 32 visible characters without a space, as 'openssl rand -hex 32' makes them."
                          .formatted(file.path()),
                      EX_CONFIG));
    } catch (IOException e) {
      throw new StartRefused(
          "The key of the queue, %s, cannot be read (%s)."
              .formatted(file.path(), e.getClass().getSimpleName()),
          EX_CONFIG);
    }
  }
}
