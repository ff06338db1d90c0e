package io.tillkeeper.sync;

import io.tillkeeper.odoo.OdooConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A configuration with the defaults, but for what a test is about. */
record SyncSettings(int batch, OptionalDouble callsPerSecond, Duration longestStartWindow)
    implements SyncConfig {

  static final SyncSettings DEFAULTS =
      new SyncSettings(100, OptionalDouble.empty(), Duration.ofMinutes(2));

  SyncSettings withBatch(int size) {
    return new SyncSettings(size, callsPerSecond, longestStartWindow);
  }

  SyncSettings withCallsPerSecond(double calls) {
    return new SyncSettings(batch, OptionalDouble.of(calls), longestStartWindow);
  }

  SyncSettings withLongestStartWindow(Duration window) {
    return new SyncSettings(batch, callsPerSecond, window);
  }

  @Override
  public boolean enabled() {
    return true;
  }

  @Override
  public Duration backoff() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Duration longestBackoff() {
    return Duration.ofMinutes(1);
  }

  @Override
  public Duration probeInterval() {
    return Duration.ofMinutes(1);
  }

  /** An Odoo at this address. */
  static OdooConfig odooAt(String url) {
    return new OdooAt(Optional.of(URI.create(url)));
  }

  private record OdooAt(Optional<URI> url) implements OdooConfig {

    @Override
    public Optional<String> database() {
      return Optional.of("shop");
    }

    @Override
    public Optional<String> renamedFrom() {
      return Optional.empty();
    }

    @Override
    public Optional<String> login() {
      return Optional.empty();
    }

    @Override
    public Optional<String> apiKey() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> apiKeyFile() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> caFile() {
      return Optional.empty();
    }

    @Override
    public Optional<URI> proxy() {
      return Optional.empty();
    }

    @Override
    public Optional<String> proxyUser() {
      return Optional.empty();
    }

    @Override
    public Optional<String> proxyPassword() {
      return Optional.empty();
    }

    @Override
    public Optional<Path> proxyPasswordFile() {
      return Optional.empty();
    }

    @Override
    public Duration timeout() {
      return Duration.ofSeconds(30);
    }

    @Override
    public Optional<List<Long>> companyIds() {
      return Optional.empty();
    }
  }
}
