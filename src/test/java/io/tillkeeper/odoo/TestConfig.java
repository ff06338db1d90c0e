package io.tillkeeper.odoo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A configuration with the values given. */
record TestConfig(
    Optional<URI> url,
    Optional<String> database,
    Optional<String> login,
    Optional<String> apiKey,
    Optional<Path> apiKeyFile,
    Optional<Path> caFile,
    Duration timeout,
    Optional<List<Long>> companyIds)
    implements OdooConfig {

  @Override
  public Optional<String> renamedFrom() {
    return Optional.empty();
  }

  static final String KEY = "canary-0123456789abcdef";

  static TestConfig of(URI url) {
    return new TestConfig(
        Optional.of(url),
        Optional.of("shop"),
        Optional.of("sync"),
        Optional.of(KEY),
        Optional.empty(),
        Optional.empty(),
        Duration.ofSeconds(20),
        Optional.empty());
  }

  static TestConfig of(String url) {
    return of(URI.create(url));
  }

  TestConfig withoutUrl() {
    return new TestConfig(
        Optional.empty(), database, login, apiKey, apiKeyFile, caFile, timeout, companyIds);
  }

  TestConfig withDatabase(String name) {
    return new TestConfig(
        url, Optional.ofNullable(name), login, apiKey, apiKeyFile, caFile, timeout, companyIds);
  }

  TestConfig withoutLogin() {
    return new TestConfig(
        url, database, Optional.empty(), apiKey, apiKeyFile, caFile, timeout, companyIds);
  }

  TestConfig withKey(String key) {
    return new TestConfig(
        url, database, login, Optional.ofNullable(key), apiKeyFile, caFile, timeout, companyIds);
  }

  TestConfig withKeyFile(Path file) {
    return new TestConfig(
        url, database, login, Optional.empty(), Optional.of(file), caFile, timeout, companyIds);
  }

  TestConfig withCaFile(Path file) {
    return new TestConfig(
        url, database, login, apiKey, apiKeyFile, Optional.of(file), timeout, companyIds);
  }

  TestConfig withTimeout(Duration time) {
    return new TestConfig(url, database, login, apiKey, apiKeyFile, caFile, time, companyIds);
  }

  TestConfig withCompanies(Long... ids) {
    return new TestConfig(
        url, database, login, apiKey, apiKeyFile, caFile, timeout, Optional.of(List.of(ids)));
  }
}
