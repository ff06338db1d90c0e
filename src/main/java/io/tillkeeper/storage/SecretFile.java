package io.tillkeeper.storage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file whose first line is a secret. */
public record SecretFile(Path path) {

  /** Where Docker and its kin put secrets, for all to read. */
  private static final Path OF_A_CONTAINER = Path.of("/run/secrets");

  /** Where the service's unit has systemd take credentials from. */
  private static final Path OF_THE_PACKAGE = Path.of("/etc/tillkeeper");

  private static final String CREDENTIALS = "CREDENTIALS_DIRECTORY";

  /**
   * The credential of that name which systemd hands to the service. The file may be missing or
   * empty: then there is none.
   */
  public static Optional<SecretFile> credential(String name) {
    return credential(name, System.getenv(CREDENTIALS));
  }

  /**
   * Outside of the service it is the file that systemd takes it from, so that a command which root
   * gives has the same secret.
   *
   * @param directory that of the service's credentials; null outside of a service
   */
  public static Optional<SecretFile> credential(String name, @Nullable String directory) {
    if (directory == null) {
      return Optional.of(OF_THE_PACKAGE.resolve(name)).filter(Files::exists).map(SecretFile::new);
    }
    return directory.isBlank()
        ? Optional.empty()
        : Optional.of(new SecretFile(Path.of(directory, name)));
  }

  /**
   * A secret that anyone may have read is none, and one that anyone may have written is somebody
   * else's. Where files have no such rights it cannot be seen; and in a container everybody is the
   * daemon.
   */
  public boolean isForEverybody() {
    var rights = rights();
    return !path.startsWith(OF_A_CONTAINER)
        && (rights.contains(PosixFilePermission.OTHERS_READ)
            || rights.contains(PosixFilePermission.OTHERS_WRITE));
  }

  /** What of it is for everybody, to be put behind its name. */
  public String exposed() {
    return rights().contains(PosixFilePermission.OTHERS_READ)
        ? "can be read by everybody on this box"
        : "can be changed by everybody on this box";
  }

  /** What to do about that, for a technician. */
  public String exposure(String key) {
    return "%s, %s, %s; 'chmod o= %s' ends that.".formatted(key, path, exposed(), path);
  }

  private Set<PosixFilePermission> rights() {
    try {
      return Files.getPosixFilePermissions(path);
    } catch (IOException | UnsupportedOperationException e) {
      return Set.of(); // reading it says why it cannot be read
    }
  }

  /**
   * Whether there is something in it. The package makes an empty one for a credential, so that the
   * service starts before there is any.
   */
  public boolean isFilled() {
    try {
      return Files.exists(path) && !firstLine().isBlank();
    } catch (IOException e) {
      return true; // there is one, and reading it will say why it cannot be read
    }
  }

  /** Latin-1 takes any byte for a character, so that what is no text is no secret, and no error. */
  public String firstLine() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return line == null ? "" : line.strip();
    }
  }
}
