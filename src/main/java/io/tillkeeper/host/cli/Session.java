package io.tillkeeper.host.cli;

import io.tillkeeper.host.BoxConfig;
import io.tillkeeper.host.ConfigFile;
import io.tillkeeper.host.StartFailure;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a command has to work with; what costs time is made when it is asked for. */
final class Session {

  private final Output output;
  private final boolean json;
  private final @Nullable String url;
  private final Optional<Path> file;
  private final Optional<Path> hidden;
  private final Map<String, String> environment;
  private final InstantSource clock;
  private @Nullable BoxConfig config;

  /**
   * @param json whether the answer is wanted as JSON
   * @param url where the daemon is; as the configuration says when null
   * @param configFile the name of the configuration file; the usual one when null
   */
  Session(
      Output output,
      boolean json,
      @Nullable String url,
      @Nullable String configFile,
      Map<String, String> environment,
      InstantSource clock) {
    this.output = output;
    this.json = json;
    this.url = url;
    this.environment = environment;
    this.clock = clock;
    var named = Optional.ofNullable(configFile).map(Options::path);
    this.file = ConfigFile.choose(named, environment);
    this.hidden = ConfigFile.hidden(named, environment);
  }

  Output output() {
    return output;
  }

  boolean json() {
    return json;
  }

  Map<String, String> environment() {
    return environment;
  }

  InstantSource clock() {
    return clock;
  }

  ZoneId zone() {
    return ZoneId.systemDefault();
  }

  Optional<Path> configFile() {
    return file;
  }

  /** Has the configuration read from its file, by the daemon as well. */
  void useConfigFile() {
    file.flatMap(ConfigFile::use)
        .ifPresent(
            sentence -> {
              throw new CommandFailed(ExitCode.CONFIG, sentence);
            });
  }

  /**
   * The configuration.
   *
   * @throws CommandFailed when it is wrong, or not for this user to read
   */
  BoxConfig config() {
    var known = config;
    if (known == null) {
      hidden.ifPresent(
          its -> {
            throw new CommandFailed(
                ExitCode.NOT_PERMITTED, "You may not read the configuration, %s.".formatted(its));
          });
      useConfigFile();
      known = read();
      config = known;
    }
    return known;
  }

  private static BoxConfig read() {
    try {
      return BoxConfig.read();
    } catch (RuntimeException e) {
      var failure = StartFailure.of(e).orElseThrow(() -> e);
      throw new CommandFailed(failure.exitCode(), failure.sentences());
    }
  }

  /** The daemon. */
  LocalApi api() {
    var call = call();
    return new LocalApi(
        url == null ? call.url() : address(url),
        Credential.of(environment, call.directory(), hidden));
  }

  private BoxConfig.Call call() {
    var known = config;
    if (known != null) {
      return known.call();
    }
    useConfigFile();
    try {
      return BoxConfig.callAlone();
    } catch (RuntimeException unreadable) {
      return config().call(); // which says what is wrong
    }
  }

  private static URI address(String text) {
    try {
      var address = URI.create(text);
      if ("http".equals(address.getScheme()) && address.getHost() != null) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // said below
    }
    throw CommandFailed.usage(
        "'%s' is not the address of a daemon, such as http://127.0.0.1:8484."
            .formatted(Output.plain(text)));
  }

  /** The name of whoever decides; the one who called sudo rather than root. */
  String person() {
    return Optional.ofNullable(environment.get("SUDO_USER"))
        .filter(name -> !name.isBlank())
        .orElseGet(() -> System.getProperty("user.name", "unknown"));
  }
}
