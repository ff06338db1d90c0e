package io.tillkeeper.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.tillkeeper.storage.PrivateFile;
import io.tillkeeper.storage.StorageConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Which entry of the audit trail is the last, in a file beside the database: whoever removes
 * entries at the end, or puts an older database in its place, does not take this along.
 *
 * <p>It is written after the entry is on the disk, so that a crash leaves it behind the trail and
 * never ahead of it. A file that is damaged is made anew, which the log says, and stops nothing.
 */
@ApplicationScoped
class AuditHead {

  private static final Logger LOG = Logger.getLogger(AuditHead.class);
  private static final String FILE = "audit-head.json";

  private final Path file;
  private final ObjectMapper json;
  private @Nullable Place place;
  private boolean kept;

  AuditHead(StorageConfig storage, ObjectMapper json) {
    this.file = storage.directory().resolve(FILE);
    this.json = json;
  }

  /**
   * An entry by its place in the trail.
   *
   * @param id 0 before the first
   */
  record Place(long id, String hash) {

    static final Place BEFORE_ALL = new Place(0, AuditEntry.NOTHING_BEFORE);

    static Place of(AuditEntry entry) {
      return new Place(entry.id(), entry.hash());
    }
  }

  /**
   * As the file has it.
   *
   * @param check by which damage of the disk is not taken for somebody's doing
   */
  @RegisterForReflection
  record Kept(long id, String hash, String check) {

    static Kept of(Place place) {
      return new Kept(place.id, place.hash, check(place.id, place.hash));
    }

    private static String check(long id, String hash) {
      return HexFormat.of().formatHex(Sha256.of(id + " " + hash));
    }

    boolean isWhole() {
      return check(id, hash).equals(check);
    }
  }

  /** The last entry that was written; the one before the first where nothing is known. */
  synchronized Place place() {
    var known = place;
    if (known == null) {
      known = read();
      place = known;
    }
    return known;
  }

  /** Whether the file had it, or has it by now. */
  synchronized boolean isKept() {
    place();
    return kept;
  }

  private Place read() {
    try {
      if (Files.exists(file)) {
        var found = json.readValue(Files.readAllBytes(file), Kept.class);
        if (found != null && found.isWhole()) {
          kept = true;
          return new Place(found.id, found.hash);
        }
        sayDamaged("it is damaged");
      }
    } catch (IOException e) {
      sayDamaged(e.getClass().getSimpleName());
    }
    return Place.BEFORE_ALL;
  }

  private void sayDamaged(String why) {
    LOG.warnf(
        "Which entry of the audit trail was the last cannot be read from %s (%s). The file is made anew; what was removed at the end before that does not show.",
        file, why);
  }

  /** This is the last one now. On the disk when it returns, unless the log says that it is not. */
  synchronized void put(Place last) {
    place = last;
    try {
      PrivateFile.replace(file, json.writeValueAsBytes(Kept.of(last)), PrivateFile.OWNER);
      kept = true;
    } catch (IOException e) {
      LOG.warnf(
          "Which entry of the audit trail is the last cannot be written to %s (%s).",
          file, e.getClass().getSimpleName());
    }
  }
}
