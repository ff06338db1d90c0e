package io.tillkeeper.odoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
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

  /** Where Docker and its kin put secrets, for all to read. */
  private static final Path OF_A_CONTAINER = Path.of("/run/secrets");

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
      if (isForEverybody(file.get())) {
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
      return isForEverybody(file.get())
          ? Optional.of(
              "tillkeeper.odoo.api-key-file, %s, can be read by everybody on this box; 'chmod o= %s' ends that."
                  .formatted(file.get(), file.get()))
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

  /**
   * A secret that anyone may have read is none. Where files have no such rights it cannot be seen;
   * and in a container everybody is the daemon.
   */
  static boolean isForEverybody(Path file) {
    try {
      return !file.startsWith(OF_A_CONTAINER)
          && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // reading it says why it cannot be read
    }
  }

  /** The package makes an empty one, so that the service starts before there is a key. */
  private boolean hasCredential() {
    try {
      return credential.isPresent()
          && Files.exists(credential.get())
          && !firstLine(credential.get()).isBlank();
    } catch (IOException e) {
      return true; // there is one, and reading it will say why it cannot be read
    }
  }

  private static ApiKey read(Path file, String name) {
    try {
      return ApiKey.of(firstLine(file))
          .orElseThrow(() -> noKey("The first line of " + name + " is no key"));
    } catch (IOException e) {
      throw noKey(name + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  private static Optional<String> problem(Path file, String name) {
    try {
      return ApiKey.of(firstLine(file)).isPresent()
          ? Optional.empty()
          : Optional.of("The first line of %s is not a key.".formatted(name));
    } catch (IOException e) {
      return Optional.of("%s cannot be read (%s).".formatted(name, e.getClass().getSimpleName()));
    }
  }

  /** Latin-1 reads any byte, so that a file which is no text gives no key instead of an error. */
  private static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return line == null ? "" : line;
    }
  }

  private static LinkLost noKey(String detail) {
    return new LinkLost(LinkCause.KEY, detail, null, null);
  }
}
