package io.tillkeeper.host.cli;

import io.tillkeeper.access.BoxToken;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command shows the daemon.
 *
 * @param header of HTTP, for {@code Authorization}
 * @param whyNone where there is none that can be read: what to do about it
 */
record Credential(Optional<String> header, Optional<String> whyNone) {

  /** Another token than that of this box: for a daemon elsewhere, or somebody who may do less. */
  static final String VARIABLE = "TILLKEEPER_TOKEN";

  /**
   * The token of the command line, which the daemon leaves beside its queue.
   *
   * @param hidden the configuration, where it may not be read: then nobody knows where that is
   */
  static Credential of(Map<String, String> environment, Path directory, Optional<Path> hidden) {
    var given = environment.getOrDefault(VARIABLE, "").strip();
    if (!given.isEmpty()) {
      return bearer(given);
    }
    var found = inFile(directory.resolve(BoxToken.FILE));
    return found.header().isPresent() || hidden.isEmpty()
        ? found
        : none(
            "You may not command this daemon, nor read its configuration, %s. Use sudo."
                .formatted(hidden.get()));
  }

  private static Credential inFile(Path file) {
    try {
      return bearer(Files.readString(file).strip());
    } catch (AccessDeniedException e) {
      return none(
          "You may not command this daemon: its token, %s, is for root and the group of that file. Use sudo."
              .formatted(file));
    } catch (IOException e) {
      return none(
          "There is no token to call the daemon with: it leaves one in %s when it starts. Is tillkeeper.storage.directory the one that it uses?"
              .formatted(file));
    }
  }

  private static Credential bearer(String token) {
    return new Credential(Optional.of("Bearer " + token), Optional.empty());
  }

  /** A code that is to be exchanged. */
  static Credential code(String code) {
    return new Credential(Optional.of("Pairing " + code), Optional.empty());
  }

  private static Credential none(String why) {
    return new Credential(Optional.empty(), Optional.of(why));
  }
}
