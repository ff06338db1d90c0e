package io.tillkeeper.host;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.tillkeeper.storage.Damage;
import io.tillkeeper.storage.StartRefused;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Why the daemon did not start, where the one who runs it can put that right.
 *
 * @param sentences one for each thing that is wrong; they name its key and never its value, which
 *     may be a secret
 * @param exitCode one of {@code sysexits.h}
 */
public record StartFailure(List<String> sentences, int exitCode) {

  /** A fault in Tillkeeper. */
  static final int EX_SOFTWARE = 70;

  /** Somebody else has what is needed, and may go away. */
  static final int EX_TEMPFAIL = 75;

  /** The configuration is wrong. */
  static final int EX_CONFIG = 78;

  private static final Pattern NOT_CONVERTED =
      Pattern.compile("The config property (\\S+) with the config value ");

  private static final Pattern CODES = Pattern.compile("^[\\w.]+Exception: |SRCFG\\d+: ");

  public StartFailure {
    sentences = List.copyOf(sentences);
  }

  /** What is known of a failure; empty when it is a fault in Tillkeeper. */
  public static Optional<StartFailure> of(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var known = known(cause);
      if (known.isPresent()) {
        return known;
      }
    }
    return Damage.mayBeBehind(failure) ? known(Damage.found()) : Optional.empty();
  }

  private static Optional<StartFailure> known(Throwable cause) {
    return switch (cause) {
      case StartRefused refused ->
          Optional.of(
              new StartFailure(List.of(String.valueOf(refused.getMessage())), refused.exitCode()));
      case ConfigValidationException invalid ->
          Optional.of(new StartFailure(sentences(invalid), EX_CONFIG));
      case ConfigurationException invalid ->
          Optional.of(new StartFailure(List.of(String.valueOf(invalid.getMessage())), EX_CONFIG));
      case QuarkusBindException bind ->
          Optional.of(
              new StartFailure(
                  List.of(
                      "Cannot listen on port %d of %s (quarkus.http.port): is another process using it?"
                          .formatted(bind.getPort(), bind.getHost())),
                  EX_TEMPFAIL));
      default -> Optional.empty();
    };
  }

  private static List<String> sentences(ConfigValidationException invalid) {
    return IntStream.range(0, invalid.getProblemCount())
        .mapToObj(problem -> sentence(String.valueOf(invalid.getProblem(problem).getMessage())))
        .distinct()
        .toList();
  }

  static String sentence(String problem) {
    var property = NOT_CONVERTED.matcher(problem);
    if (property.find()) {
      return property.group(1) + " has a value that it cannot have.";
    }
    var plain = CODES.matcher(problem).replaceAll("");
    return plain.endsWith(".") ? plain : plain + ".";
  }
}
