package io.tillkeeper.host;

import io.smallrye.config.ConfigSourceContext;
import io.smallrye.config.ConfigSourceFactory;
import io.smallrye.config.PropertiesConfigSource;
import io.tillkeeper.storage.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.jspecify.annotations.Nullable;

/**
 * The file that the configuration is read from, by the daemon and by the commands alike: the one
 * that is named on the command line, else by {@code TILLKEEPER_CONFIG}, else that of the package.
 * Its values are less than those of the environment, and more than what the product comes with.
 *
 * <p>Public, and named in {@code META-INF/services}, because the configuration is made of such.
 */
public final class ConfigFile implements ConfigSourceFactory {

  private static final String VARIABLE = "TILLKEEPER_CONFIG";
  private static final Path OF_THE_PACKAGE = Path.of("/etc/tillkeeper/tillkeeper.properties");

  /** Between the environment, 300, and the properties of the product, 250. */
  private static final int ORDINAL = 275;

  private static volatile @Nullable Path used;

  /**
   * The file; empty when there is none. One that is named has to be readable, which {@link #use}
   * checks; that of the package counts only if it is.
   *
   * @param named on the command line
   */
  public static Optional<Path> choose(Optional<Path> named, Map<String, String> environment) {
    if (named.isPresent()) {
      return named;
    }
    var variable = environment.get(VARIABLE);
    if (variable != null) {
      return variable.isBlank() ? Optional.empty() : Optional.of(Path.of(variable));
    }
    return Files.isReadable(OF_THE_PACKAGE) ? Optional.of(OF_THE_PACKAGE) : Optional.empty();
  }

  /**
   * The file of the package, where {@link #choose} has passed over it because this user may not
   * read it. What is read without it is not the configuration of the daemon.
   */
  public static Optional<Path> hidden(Optional<Path> named, Map<String, String> environment) {
    return named.isEmpty()
            && environment.get(VARIABLE) == null
            && Files.exists(OF_THE_PACKAGE)
            && !Files.isReadable(OF_THE_PACKAGE)
        ? Optional.of(OF_THE_PACKAGE)
        : Optional.empty();
  }

  /**
   * Has the configuration of this process read from this file, when it is read.
   *
   * @return a sentence about why it cannot be; empty when it can
   */
  public static Optional<String> use(Path file) {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      return Optional.of(
          "The configuration file %s %s."
              .formatted(file, Files.exists(file) ? "cannot be read" : "does not exist"));
    }
    used = file;
    return Optional.empty();
  }

  /** The file that the configuration of this process is read from; empty when there is none. */
  static Optional<Path> used() {
    return Optional.ofNullable(used);
  }

  @Override
  public Iterable<ConfigSource> getConfigSources(ConfigSourceContext context) {
    var file = used;
    return file == null ? List.of() : List.of(read(file));
  }

  private static ConfigSource read(Path file) {
    try {
      return new PropertiesConfigSource(load(file), file.toString(), ORDINAL);
    } catch (IOException | IllegalArgumentException e) {
      throw new StartRefused(
          "The configuration file %s cannot be understood: it is text in UTF-8, a key and a value on each line."
              .formatted(file),
          StartFailure.EX_CONFIG);
    }
  }

  /** What is in a file, as it is written there. */
  static Properties load(Path file) throws IOException {
    var values = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      values.load(reader);
    }
    return values;
  }
}
