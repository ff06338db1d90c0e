package io.tillkeeper.odoo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the API key comes from: the configuration, a file that it names, or else the credential
 * that systemd hands to the service. A file is read each time, so that a new key needs no restart.
 */
final class ApiKeySource {

  /** The name of the credential in the directory of the service's credentials. */
  private static final String CREDENTIAL = "odoo-api-key";

  private static final String NAME_OF_CREDENTIAL = "credential " + CREDENTIAL;
  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  /** Where the service's unit has systemd take it from. */
  private static final Path OF_THE_PACKAGE = Path.of("/etc/tillkeeper", CREDENTIAL);

  private final OdooConfig config;
  private final Optional<Path> credential;

  ApiKeySource(OdooConfig config) {
    this(config, credential(System.getenv(CREDENTIALS)));
  }

  /**
   * @param credential the file of the credential, which may be missing or empty: then there is none
   */
  ApiKeySource(OdooConfig config, Optional<Path> credential) {
    this.config = config;
    this.credential = credential;
  }

  /**
   * The file of the credential. Outside of the service it is the one that systemd takes it from, so
   * that a command which root gives has the same key.
   *
   * @param directory that of the service's credentials; null outside of a service
   */
  static Optional<Path> credential(@Nullable String directory) {
    if (directory == null) {
      return Optional.of(OF_THE_PACKAGE).filter(Files::exists);
    }
    return directory.isBlank() ? Optional.empty() : Optional.of(Path.of(directory, CREDENTIAL));
  }

  /**
   * @throws LinkLost with {@link LinkCause#KEY} when there is none
   */
  ApiKey read() {
    Optional<Path> file = config.apiKeyFile();
    if (file.isPresent()) {
      if (new SecretFile(file.get()).isForEverybody()) {
        throw noKey("tillkeeper.odoo.api-key-file can be read by everybody on this box");
      }
      return read(file.get(), "tillkeeper.odoo.api-key-file");
    }
    if (config.apiKey().isEmpty() && hasCredential()) {
      return read(credential.get(), NAME_OF_CREDENTIAL);
    }
    return ApiKey.of(config.apiKey().orElse(""))
        .orElseThrow(() -> noKey("tillkeeper.odoo.api-key holds no key"));
  }

  /** What is wrong with where the key comes from: one sentence for a technician, or nothing. */
  Optional<String> problem() {
    Optional<String> key = config.apiKey();
    Optional<Path> file = config.apiKeyFile();
    if (key.isPresent() && file.isPresent()) {
      return Optional.of(
          "Set either tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file, not both.");
    }
    if (file.isPresent()) {
      return new SecretFile(file.get()).isForEverybody()
          ? Optional.of(new SecretFile(file.get()).exposure("tillkeeper.odoo.api-key-file"))
          : problem(file.get(), "tillkeeper.odoo.api-key-file, %s,".formatted(file.get()));
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

  /** The package makes an empty one, so that the service starts before there is a key. */
  private boolean hasCredential() {
    try {
      return credential.isPresent()
          && Files.exists(credential.get())
          && !new SecretFile(credential.get()).firstLine().isBlank();
    } catch (IOException e) {
      return true; // there is one, and reading it will say why it cannot be read
    }
  }

  private static ApiKey read(Path file, String name) {
    try {
      return ApiKey.of(new SecretFile(file).firstLine())
          .orElseThrow(() -> noKey("The first line of " + name + " is no key"));
    } catch (IOException e) {
      throw noKey(name + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<String> problem(Path file, String name) {
    try {
      return ApiKey.of(new SecretFile(file).firstLine()).isPresent()
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
