package io.tillkeeper.host.cli;

import io.tillkeeper.odoo.Finding;
import io.tillkeeper.storage.AtRest;
import io.tillkeeper.storage.StorageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of the queue: whether it is there, whose it is, and how much room it has, and
 * whether the queue in it is encrypted.
 */
final class DirectoryCheck {

  private static final String DIRECTORY = "directory";
  private static final String SPACE = "space";
  private static final String ENCRYPTION = "encryption";

  /** Below so many times the reserve it is time to make room. */
  private static final int COMFORT = 4;

  private final StorageConfig config;
  private final Path directory;
  private final long reserve;

  DirectoryCheck(StorageConfig config) {
    this.config = config;
    this.directory = config.directory();
    this.reserve = config.reserve().asLongValue();
  }

  List<Finding> run() {
    var findings = new ArrayList<Finding>();
    if (Files.isDirectory(directory)) {
      findings.add(owner());
      findings.add(space(directory));
      findings.add(encryption());
      return findings;
    }
    if (Files.exists(directory)) {
      findings.add(
          Finding.error(
              DIRECTORY,
              "%s is not a directory.".formatted(directory),
              "tillkeeper.storage.directory has to name one."));
      return findings;
    }
    findings.add(
        Finding.warning(
            DIRECTORY,
            "%s is not there yet.".formatted(directory),
            "The daemon makes it when it starts, if it may: is it the one of tillkeeper.storage.directory that you mean?"));
    return findings;
  }

  private Finding owner() {
    try {
      var attributes = Files.readAttributes(directory, PosixFileAttributes.class);
      var rights = attributes.permissions();
      var sentence =
          "%s belongs to %s, with the rights %s."
              .formatted(
                  directory, attributes.owner().getName(), PosixFilePermissions.toString(rights));
      if (rights.contains(PosixFilePermission.OTHERS_READ)
          || rights.contains(PosixFilePermission.OTHERS_WRITE)) {
        return Finding.warning(
            DIRECTORY,
            sentence,
            "Everybody on this box may look into it, where customers are: 'chmod 700 %s'."
                .formatted(directory));
      }
      return Finding.ok(DIRECTORY, sentence);
    } catch (IOException | UnsupportedOperationException e) {
      return Finding.warning(
          DIRECTORY,
          "It cannot be seen whose %s is (%s).".formatted(directory, e.getClass().getSimpleName()),
          "Try it as root: 'sudo tillkeeper doctor'.");
    }
  }

  private Finding encryption() {
    AtRest queue;
    try {
      queue = AtRest.of(config);
    } catch (IOException e) {
      return Finding.warning(
          ENCRYPTION,
          "It cannot be seen whether the queue is encrypted (%s)."
              .formatted(e.getClass().getSimpleName()),
          "Try it as root: 'sudo tillkeeper doctor'.");
    }
    var encrypted = queue.encrypted().orElse(queue.wanted());
    if (encrypted != queue.wanted()) {
      return Finding.warning(
          ENCRYPTION,
          "The queue is %s, and tillkeeper.storage.encrypted wants it otherwise."
              .formatted(encrypted ? "encrypted" : "not encrypted"),
          "The next start makes it so: 'systemctl restart tillkeeper'.");
    }
    return Finding.ok(
        ENCRYPTION,
        encrypted
            ? "The queue is encrypted; its key is %s."
                .formatted(queue.key().map(Path::toString).orElse("made when the daemon starts"))
            : "The queue is not encrypted: whoever has the disk can read it.");
  }

  private Finding space(Path where) {
    long free;
    try {
      free = Files.getFileStore(where).getUsableSpace();
    } catch (IOException e) {
      return Finding.warning(
          SPACE,
          "It cannot be seen how much room there is (%s).".formatted(e.getClass().getSimpleName()),
          "'df -h %s' tells.".formatted(where));
    }
    var sentence =
        "%s are free; below %s nothing is accepted."
            .formatted(Words.size(free), Words.size(reserve));
    var hint = "Make room on the disk of %s: 'du -xh / | sort -h | tail' shows what takes it.";
    if (free <= reserve) {
      return Finding.error(SPACE, sentence, hint.formatted(where));
    }
    return free < COMFORT * reserve
        ? Finding.warning(SPACE, sentence, hint.formatted(where))
        : Finding.ok(SPACE, sentence);
  }
}
