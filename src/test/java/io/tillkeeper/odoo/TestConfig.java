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
    Optional<List<Long>> companyIds,
    ByProxy by)
    implements OdooConfig {

  /** The keys of the proxy. */
  record ByProxy(
      Optional<URI> address,
      Optional<String> user,
      Optional<String> password,
      Optional<Path> passwordFile) {

    static final ByProxy NONE =
        new ByProxy(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  @Override
  public Optional<URI> proxy() {
    return by.address;
  }

  @Override
  public Optional<String> proxyUser() {
    return by.user;
  }

  @Override
  public Optional<String> proxyPassword() {
    return by.password;
  }

  @Override
  public Optional<Path> proxyPasswordFile() {
    return by.passwordFile;
  }

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
        Optional.empty(),
        ByProxy.NONE);
  }

  static TestConfig of(String url) {
    return of(URI.create(url));
  }

  TestConfig withoutUrl() {
    return new TestConfig(
        Optional.empty(), database, login, apiKey, apiKeyFile, caFile, timeout, companyIds, by);
  }

  TestConfig withDatabase(String name) {
    return new TestConfig(
        url, Optional.ofNullable(name), login, apiKey, apiKeyFile, caFile, timeout, companyIds, by);
  }

  TestConfig withoutLogin() {
    return new TestConfig(
        url, database, Optional.empty(), apiKey, apiKeyFile, caFile, timeout, companyIds, by);
  }

  TestConfig withKey(String key) {
    return new TestConfig(
        url,
        database,
        login,
        Optional.ofNullable(key),
        apiKeyFile,
        caFile,
        timeout,
        companyIds,
        by);
  }

  TestConfig withKeyFile(Path file) {
    return new TestConfig(
        url, database, login, Optional.empty(), Optional.of(file), caFile, timeout, companyIds, by);
  }

  TestConfig withCaFile(Path file) {
    return new TestConfig(
        url, database, login, apiKey, apiKeyFile, Optional.of(file), timeout, companyIds, by);
  }

  TestConfig withTimeout(Duration time) {
    return new TestConfig(url, database, login, apiKey, apiKeyFile, caFile, time, companyIds, by);
  }

  TestConfig withCompanies(Long... ids) {
    return new TestConfig(
        url, database, login, apiKey, apiKeyFile, caFile, timeout, Optional.of(List.of(ids)), by);
  }

  TestConfig byProxy(ByProxy proxy) {
    return new TestConfig(
        url, database, login, apiKey, apiKeyFile, caFile, timeout, companyIds, proxy);
  }

  /** By a proxy that wants no password. */
  TestConfig byProxy(String address) {
    return byProxy(
        new ByProxy(Optional.of(URI.create(address)), by.user, by.password, by.passwordFile));
  }

  TestConfig withProxyUser(String user, String password) {
    return byProxy(
        new ByProxy(
            by.address, Optional.ofNullable(user), Optional.ofNullable(password), by.passwordFile));
  }

  TestConfig withProxyPasswordFile(Path file) {
    return byProxy(new ByProxy(by.address, by.user, by.password, Optional.of(file)));
  }
}
