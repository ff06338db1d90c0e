package io.tillkeeper.odoo;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the API key is kept.
 *
 * @param file the file that it is in; null for a key in the configuration
 */
public record KeyPlace(Kind kind, @Nullable Path file) {

  /** The ways to have a key. */
  public enum Kind {
    /** In the configuration itself, or in the environment. */
    CONFIGURATION,
    /** In the file that {@code tillkeeper.odoo.api-key-file} names. */
    FILE,
    /** In the file that systemd hands to the service as a credential when it starts. */
    CREDENTIAL
  }
}
