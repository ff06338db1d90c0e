package io.tillkeeper.odoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the API key comes from. A key file is read each time, so that a new key needs no restart.
 */
final class ApiKeySource {

  private final OdooConfig config;

  ApiKeySource(OdooConfig config) {
    this.config = config;
  }

  /**
   * @throws LinkLost with {@link LinkCause#KEY} when there is none
   */
  ApiKey read() {
    Optional<Path> file = config.apiKeyFile();
    if (file.isEmpty()) {
      return ApiKey.of(config.apiKey().orElse(""))
          .orElseThrow(() -> noKey("tillkeeper.odoo.api-key holds no key"));
    }
    try {
      return ApiKey.of(firstLine(file.get()))
          .orElseThrow(() -> noKey("The first line of tillkeeper.odoo.api-key-file is no key"));
    } catch (IOException e) {
      throw noKey("tillkeeper.odoo.api-key-file cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /** Latin-1 reads any byte, so that a file which is no text gives no key instead of an error. */
  static String firstLine(Path file) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return line == null ? "" : line;
    }
  }

  private static LinkLost noKey(String detail) {
    return new LinkLost(LinkCause.KEY, detail, null, null);
  }
}
