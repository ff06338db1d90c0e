package io.tillkeeper.odoo;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** A file whose first line is a secret. */
record SecretFile(Path path) {

  /** Where Docker and its kin put secrets, for all to read. */
  private static final Path OF_A_CONTAINER = Path.of("/run/secrets");

  /**
   * A secret that anyone may have read is none. Where files have no such rights it cannot be seen;
   * and in a container everybody is the daemon.
   */
  boolean isForEverybody() {
    try {
      return !path.startsWith(OF_A_CONTAINER)
          && Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // reading it says why it cannot be read
    }
  }

  /** What to do about that, for a technician. */
  String exposure(String key) {
    return "%s, %s, can be read by everybody on this box; 'chmod o= %s' ends that."
        .formatted(key, path, path);
  }

  /** Latin-1 takes any byte for a character, so that what is no text is no secret, and no error. */
  String firstLine() throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.ISO_8859_1)) {
      String line = reader.readLine();
      return line == null ? "" : line.strip();
    }
  }
}
