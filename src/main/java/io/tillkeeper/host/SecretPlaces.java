package io.tillkeeper.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a secret of the configuration must not be: in the arguments of the process, which everybody
 * on the box can list, and in a configuration file that others than its owner and readers get at.
 */
final class SecretPlaces {

  /** Each may be in a file of its own, which its key with this ending names. */
  private static final Set<String> SECRETS =
      Set.of("tillkeeper.odoo.api-key", "tillkeeper.odoo.proxy-password");

  private static final String FILE = "-file";

  /** What a key may begin with: it then counts for a profile alone. */
  private static final Pattern PROFILE = Pattern.compile("^%[^.]*\\.");

  /** A value that only names another place. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^:}]*}");

  private static final Set<PosixFilePermission> TOO_MUCH =
      Set.of(
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE,
          PosixFilePermission.GROUP_WRITE);

  private SecretPlaces() {}

  /** What is wrong with them in this process: one sentence for each. */
  static List<String> problems() {
    return problems(System.getProperties(), ConfigFile.used());
  }

  static List<String> problems(Properties system, Optional<Path> file) {
    return Stream.concat(
            secrets(system).map(SecretPlaces::onCommandLine),
            file.filter(SecretPlaces::isExposed).stream()
                .flatMap(exposed -> secrets(read(exposed)).map(key -> inFile(key, exposed))))
        .toList();
  }

  private static Stream<String> secrets(Properties values) {
    return values.stringPropertyNames().stream()
        .filter(name -> isSecret(values.getProperty(name)))
        .map(name -> PROFILE.matcher(name).replaceFirst(""))
        .filter(SECRETS::contains)
        .distinct()
        .sorted();
  }

  private static boolean isSecret(String value) {
    return !value.isBlank() && !REFERENCE.matcher(value.strip()).matches();
  }

  private static String onCommandLine(String key) {
    return "%s is set on the command line (-D), where everybody on this box can read it: give it in the environment, or in a file that %s names."
        .formatted(key, key + FILE);
  }

  private static String inFile(String key, Path file) {
    return "%s, which holds %s, can be read by everybody on this box, or changed by others than its owner; 'chmod g-w,o= %s' ends that."
        .formatted(file, key, file);
  }

  /** Where files have no such rights it cannot be seen. */
  private static boolean isExposed(Path file) {
    try {
      return Files.getPosixFilePermissions(file).stream().anyMatch(TOO_MUCH::contains);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // reading it says why it cannot be read
    }
  }

  private static Properties read(Path file) {
    try {
      return ConfigFile.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read a moment ago
    }
  }
}
