package io.tillkeeper.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How the stand-in Odoo is set up.
 *
 * @param version such as {@code 19.0}
 * @param port where it listens on the loopback; 0 for a free one
 * @param controlPort where the control listens; 0 for a free one
 * @param database the one database it has
 * @param login the one user it has
 * @param apiKey the first key of that user
 * @param processingTime how long each call works between its snapshot and its commit
 * @param keys how it is with the keys of that user
 * @param clock what the dates of the records are taken from
 */
public record SimulatorOptions(
    String version,
    int port,
    int controlPort,
    String database,
    String login,
    String apiKey,
    Duration processingTime,
    Keys keys,
    InstantSource clock) {

  /**
   * How it is with API keys.
   *
   * @param firstExpiresAt when the first one ends; null when it does not
   * @param programmatic whether a user may make keys by the API, which a real Odoo does not allow
   *     until an administrator says so
   */
  public record Keys(@Nullable Instant firstExpiresAt, boolean programmatic) {}

  /** The key when none is given; it opens nothing but this simulator. */
  public static final String DEMO_API_KEY = "0123456789abcdef0123456789abcdef01234567";

  public SimulatorOptions {
    OdooVersion.of(version);
    if (port < 0 || port > 65535 || controlPort < 0 || controlPort > 65535) {
      throw new IllegalArgumentException("a port is between 0 and 65535");
    }
    if (processingTime.isNegative()) {
      throw new IllegalArgumentException("the processing time is not negative");
    }
  }

  /** An Odoo of this version on free ports, with a database, a user and a key for tests. */
  public static SimulatorOptions odoo(String version) {
    return new SimulatorOptions(
        version,
        0,
        0,
        "shop",
        "till",
        DEMO_API_KEY,
        Duration.ZERO,
        new Keys(null, true),
        InstantSource.system());
  }

  /** On this port, and the control on the next one; 0 for free ones. */
  public SimulatorOptions withPort(int newPort) {
    return withPorts(newPort, newPort == 0 ? 0 : newPort + 1);
  }

  /** On these two ports; 0 for free ones. */
  public SimulatorOptions withPorts(int newPort, int newControlPort) {
    return new SimulatorOptions(
        version, newPort, newControlPort, database, login, apiKey, processingTime, keys, clock);
  }

  /** Of this version. */
  public SimulatorOptions withVersion(String newVersion) {
    return new SimulatorOptions(
        newVersion, port, controlPort, database, login, apiKey, processingTime, keys, clock);
  }

  /** With this database, user and key. */
  public SimulatorOptions withAccess(String newDatabase, String newLogin, String newApiKey) {
    return new SimulatorOptions(
        version, port, controlPort, newDatabase, newLogin, newApiKey, processingTime, keys, clock);
  }

  /** With calls that take this long, so that they can overlap. */
  public SimulatorOptions withProcessingTime(Duration newProcessingTime) {
    return new SimulatorOptions(
        version, port, controlPort, database, login, apiKey, newProcessingTime, keys, clock);
  }

  /** With these rules for API keys. */
  public SimulatorOptions withKeys(Keys newKeys) {
    return new SimulatorOptions(
        version, port, controlPort, database, login, apiKey, processingTime, newKeys, clock);
  }

  /** With dates from this clock. */
  public SimulatorOptions withClock(InstantSource newClock) {
    return new SimulatorOptions(
        version, port, controlPort, database, login, apiKey, processingTime, keys, newClock);
  }
}
