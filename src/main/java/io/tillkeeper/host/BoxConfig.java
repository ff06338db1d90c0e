package io.tillkeeper.host;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.AbstractConfigBuilder;
import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.tillkeeper.access.AccessConfig;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooConfigCheck;
import io.tillkeeper.storage.AtRest;
import io.tillkeeper.storage.StorageConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The configuration as the daemon of this box would read it, without starting it: the same sources,
 * defaults, mappings and constraints.
 */
public final class BoxConfig {

  /** What the build makes of all of these; the daemon reads its configuration by it too. */
  private static final String MADE_BY_THE_BUILD = "io.quarkus.runtime.generated.RunTimeConfig";

  private static final String HOST = "quarkus.http.host";
  private static final String PORT = "quarkus.http.port";

  /** What the product's own properties say, which are not read for this alone. */
  private static final String USUAL_HOST = "127.0.0.1";

  private static final String USUAL_PORT = "8484";
  private static final String DIRECTORY = "tillkeeper.storage.directory";
  private static final String USUAL_DIRECTORY =
      "${STATE_DIRECTORY:${XDG_STATE_HOME:${user.home}/.local/state}/tillkeeper}";

  /** That of the framework's own. */
  private static final int CONVERTER_PRIORITY = 200;

  private static final String VERSION = "quarkus.application.version";
  private static final String ANY_ADDRESS = "0.0.0.0";
  private static final String OWN = "tillkeeper.";

  private final SmallRyeConfig config;

  private BoxConfig(SmallRyeConfig config) {
    this.config = config;
  }

  /**
   * Reads it, and changes nothing.
   *
   * @throws RuntimeException when a value cannot be; {@link StartFailure} makes sentences of it
   */
  public static BoxConfig read() {
    var builder = new SmallRyeConfigBuilder();
    AbstractConfigBuilder.withCustomizer(builder, MADE_BY_THE_BUILD);
    return new BoxConfig(builder.build());
  }

  /**
   * What it takes to call the daemon.
   *
   * @param url where the local API is
   * @param directory where the queue is, and the token of the command line beside it
   */
  public record Call(URI url, Path directory) {}

  /**
   * What it takes to call the daemon. Most commands need nothing else, and to read all takes longer
   * than all the rest that they do.
   *
   * @throws RuntimeException when a value cannot be; {@link #read} says which
   */
  public static Call callAlone() {
    return call(
        sources().withDefaultValue(HOST, USUAL_HOST).withDefaultValue(PORT, USUAL_PORT).build());
  }

  /** What is wrong with it beyond what single values can be: one sentence for each. */
  public List<String> problems() {
    return Stream.of(
            StartCheck.profileProblem(LaunchMode.current(), config.getProfiles()).stream().toList(),
            SecretPlaces.problems(),
            OdooConfigCheck.problems(odoo()),
            AtRest.problem(storage()).stream().toList())
        .flatMap(List::stream)
        .toList();
  }

  /** Where Odoo is. */
  public OdooConfig odoo() {
    return config.getConfigMapping(OdooConfig.class);
  }

  /** Where the queue is. */
  public StorageConfig storage() {
    return config.getConfigMapping(StorageConfig.class);
  }

  /** Whether calls need no token. */
  public boolean isUnprotected() {
    return config.getConfigMapping(AccessConfig.class).protection()
        == AccessConfig.Protection.UNPROTECTED;
  }

  /** What it takes to call the daemon. */
  public Call call() {
    return call(config);
  }

  private static Call call(SmallRyeConfig config) {
    return new Call(url(config), config.getValue(DIRECTORY, Path.class));
  }

  /**
   * Where the queue is, as far as the environment, the system's properties and the configuration
   * file say it: in nearly all cases what {@link #read} says, in a fraction of the time.
   *
   * @throws RuntimeException when a value cannot be
   */
  static StorageConfig storageAlone() {
    return sources()
        .withConverter(MemorySize.class, CONVERTER_PRIORITY, new MemorySizeConverter())
        .withConverter(Duration.class, CONVERTER_PRIORITY, new DurationConverter())
        .withMapping(StorageConfig.class)
        .build()
        .getConfigMapping(StorageConfig.class);
  }

  private static SmallRyeConfigBuilder sources() {
    return new SmallRyeConfigBuilder()
        .addSystemSources()
        .addDefaultInterceptors()
        .withSources(new ConfigFile())
        .withDefaultValue(DIRECTORY, USUAL_DIRECTORY);
  }

  private static URI url(SmallRyeConfig config) {
    var host = config.getValue(HOST, String.class);
    var named = host.equals(ANY_ADDRESS) ? "127.0.0.1" : host;
    return URI.create(
        "http://"
            + (named.contains(":") ? "[" + named + "]" : named)
            + ":"
            + config.getValue(PORT, Integer.class));
  }

  /** The version of this program, which the build put there. */
  public String version() {
    return String.valueOf(config.getConfigValue(VERSION).getValue());
  }

  /** The values of all of Tillkeeper's own keys that have one, secrets included. */
  public SortedMap<String, String> values() {
    var values = new TreeMap<String, String>();
    for (var name : config.getPropertyNames()) {
      if (name.startsWith(OWN)) {
        values.put(name, String.valueOf(config.getConfigValue(name).getValue()));
      }
    }
    return values;
  }
}
