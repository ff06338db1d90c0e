package io.tillkeeper.odoo;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Positive;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Where Odoo is and how to log in; the keys are a contract. */
@ConfigMapping(prefix = "tillkeeper.odoo")
public interface OdooConfig {

  /**
   * The address of the Odoo server, {@code http} or {@code https}; without it nothing is delivered.
   */
  Optional<URI> url();

  /** The name of the database. */
  Optional<String> database();

  /** The name that the database had before, where it was renamed: what is queued is then for it. */
  Optional<String> renamedFrom();

  /** The login of the user that the API key belongs to; only Odoo 16 to 18 need it. */
  Optional<String> login();

  /** The API key. */
  Optional<String> apiKey();

  /** A file whose first line is the API key; instead of the key itself. */
  Optional<Path> apiKeyFile();

  /**
   * A file of certificates (PEM) of authorities that vouch for the server besides those that every
   * Java knows: for a shop with its own.
   */
  Optional<Path> caFile();

  /** The address of an HTTP proxy that every call goes by. */
  Optional<URI> proxy();

  /** The name that the proxy wants to be told; without it, it is told none. */
  Optional<String> proxyUser();

  /** The password that goes with it. */
  Optional<String> proxyPassword();

  /** A file whose first line is that password; instead of the password itself. */
  Optional<Path> proxyPasswordFile();

  /** How long a call may take. */
  @WithDefault("30s")
  Duration timeout();

  /** The companies that the calls are made for; Odoo's default of the user when empty. */
  Optional<List<@Positive Long>> companyIds();
}
