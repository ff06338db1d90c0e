package io.tillkeeper.odoo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with the configuration of the Odoo server, before any of it is tried. */
public final class OdooConfigCheck {

  private static final String NOTHING = "";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private OdooConfigCheck() {}

  /**
   * One sentence for a technician about the first thing that is wrong, which names its key and
   * never its secret; empty when all is well. Reads the key file, and changes nothing.
   */
  public static Optional<String> firstProblem(OdooConfig config) {
    if (config.timeout().isZero() || config.timeout().isNegative()) {
      return Optional.of("tillkeeper.odoo.timeout must be more than nothing.");
    }
    if (config.url().isEmpty()) {
      return Optional.empty();
    }
    return Stream.of(
            url(config.url().get()),
            database(config.database().orElse("")),
            key(config),
            authorities(config))
        .filter(problem -> !problem.equals(NOTHING))
        .findFirst();
  }

  private static String url(URI url) {
    if (url.getScheme() == null || !SCHEMES.contains(url.getScheme().toLowerCase(Locale.ROOT))) {
      return "tillkeeper.odoo.url must begin with http:// or https://.";
    }
    if (url.getRawUserInfo() != null || String.valueOf(url.getRawAuthority()).contains("@")) {
      return "tillkeeper.odoo.url must not hold a user or a password.";
    }
    if (url.getHost() == null) {
      return "tillkeeper.odoo.url names no host.";
    }
    if (url.getPort() == 0 || url.getPort() > 65535) {
      return "tillkeeper.odoo.url names a port that does not exist.";
    }
    if (!String.valueOf(url.getRawPath()).matches("/?")) {
      return "tillkeeper.odoo.url must not have a path: Odoo is always at the root.";
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null) {
      return "tillkeeper.odoo.url must end after the host and the port.";
    }
    return NOTHING;
  }

  private static String database(String database) {
    if (database.isBlank()) {
      return "tillkeeper.odoo.database is missing; it is needed when tillkeeper.odoo.url is set.";
    }
    // It travels in a header; Odoo takes less than this for a name.
    return database.chars().allMatch(c -> c > ' ' && c < 0x7f)
        ? NOTHING
        : "tillkeeper.odoo.database holds characters that no name of a database has.";
  }

  private static String key(OdooConfig config) {
    Optional<String> key = config.apiKey();
    Optional<Path> file = config.apiKeyFile();
    if (key.isPresent() && file.isPresent()) {
      return "Set either tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file, not both.";
    }
    if (file.isPresent()) {
      return keyFile(file.get());
    }
    if (key.isEmpty()) {
      return "tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file is missing; one is needed"
          + " when tillkeeper.odoo.url is set.";
    }
    return ApiKey.of(key.get()).isPresent()
        ? NOTHING
        : "tillkeeper.odoo.api-key is empty or holds characters that no key has.";
  }

  private static String keyFile(Path file) {
    try {
      return ApiKey.of(ApiKeySource.firstLine(file)).isPresent()
          ? NOTHING
          : "The first line of tillkeeper.odoo.api-key-file, %s, is not a key.".formatted(file);
    } catch (IOException e) {
      return "tillkeeper.odoo.api-key-file, %s, cannot be read (%s)."
          .formatted(file, e.getClass().getSimpleName());
    }
  }

  private static String authorities(OdooConfig config) {
    if (config.caFile().isEmpty()) {
      return NOTHING;
    }
    try {
      Trust.context(config.caFile());
      return NOTHING;
    } catch (LinkLost unreadable) {
      return unreadable.getMessage() + ".";
    }
  }
}
