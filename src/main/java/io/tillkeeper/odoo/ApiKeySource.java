package io.tillkeeper.odoo;

import io.tillkeeper.storage.SecretFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * Where the API key comes from: the configuration, a file that it names, or else the credential
 * that systemd hands to the service. A file is read each time, so that a new key needs no restart.
 */
final class ApiKeySource {

  /** The name of the credential in the directory of the service's credentials. */
  private static final String CREDENTIAL = "odoo-api-key";

  private static final String NAME_OF_CREDENTIAL = "credential " + CREDENTIAL;
  private final OdooConfig config;
  private final Optional<SecretFile> credential;

  ApiKeySource(OdooConfig config) {
    this(config, SecretFile.credential(CREDENTIAL));
  }

  /**
   * @param credential the file of the credential, which may be missing or empty: then there is none
   */
  ApiKeySource(OdooConfig config, Optional<SecretFile> credential) {
    this.config = config;
    this.credential = credential;
  }

  /**
   * @throws LinkLost with {@link LinkCause#KEY} when there is none
   */
  ApiKey read() {
    Optional<SecretFile> file = config.apiKeyFile().map(SecretFile::new);
    if (file.isPresent()) {
      if (file.get().isForEverybody()) {
        throw noKey("tillkeeper.odoo.api-key-file " + file.get().exposed());
      }
      return read(file.get(), "tillkeeper.odoo.api-key-file");
    }
    if (config.apiKey().isEmpty() && hasCredential()) {
      return read(credential.get(), NAME_OF_CREDENTIAL);
    }
    return ApiKey.of(config.apiKey().orElse(""))
        .orElseThrow(() -> noKey("tillkeeper.odoo.api-key holds no key"));
  }

  /** When the file of the key was written; empty where the key is in no file, or it is gone. */
  Optional<FileTime> asOf() {
    return Optional.ofNullable(place().file()).flatMap(ApiKeySource::written);
  }

  private static Optional<FileTime> written(Path file) {
    try {
      return Optional.of(Files.getLastModifiedTime(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Where the key is kept, whether or not it can be read. */
  KeyPlace place() {
    if (config.apiKeyFile().isPresent()) {
      return new KeyPlace(KeyPlace.Kind.FILE, config.apiKeyFile().get());
    }
    return config.apiKey().isEmpty() && hasCredential()
        ? new KeyPlace(KeyPlace.Kind.CREDENTIAL, credential.get().path())
        : new KeyPlace(KeyPlace.Kind.CONFIGURATION, null);
  }

  /** What is wrong with where the key comes from: one sentence for a technician, or nothing. */
  Optional<String> problem() {
    Optional<String> key = config.apiKey();
    Optional<SecretFile> file = config.apiKeyFile().map(SecretFile::new);
    if (key.isPresent() && file.isPresent()) {
      return Optional.of(
          "Set either tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file, not both.");
    }
    if (file.isPresent()) {
      return file.get().isForEverybody()
          ? Optional.of(file.get().exposure("tillkeeper.odoo.api-key-file"))
          : problem(file.get(), "tillkeeper.odoo.api-key-file, %s,".formatted(file.get().path()));
    }
    if (key.isEmpty()) {
      return hasCredential()
          ? problem(credential.get(), NAME_OF_CREDENTIAL)
          : Optional.of(
              "tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file is missing; one is needed"
                  + " when tillkeeper.odoo.url is set.");
    }
    return ApiKey.of(key.get()).isPresent()
        ? Optional.empty()
        : Optional.of("tillkeeper.odoo.api-key is empty or holds characters that no key has.");
  }

  private boolean hasCredential() {
    return credential.filter(SecretFile::isFilled).isPresent();
  }

  private static ApiKey read(SecretFile file, String name) {
    try {
      return ApiKey.of(file.firstLine())
          .orElseThrow(() -> noKey("The first line of " + name + " is no key"));
    } catch (IOException e) {
      throw noKey(name + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<String> problem(SecretFile file, String name) {
    try {
      return ApiKey.of(file.firstLine()).isPresent()
          ? Optional.empty()
          : Optional.of("The first line of %s is not a key.".formatted(name));
    } catch (IOException e) {
      return Optional.of("%s cannot be read (%s).".formatted(name, e.getClass().getSimpleName()));
    }
  }

  private static LinkLost noKey(String detail) {
    return new LinkLost(LinkCause.KEY, detail, null, null);
  }
}
