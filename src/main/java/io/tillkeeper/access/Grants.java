package io.tillkeeper.access;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.storage.PrivateFile;
import io.tillkeeper.storage.Pulse;
import io.tillkeeper.storage.StorageConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The tokens that were given out, in a file of their own beside the queue: a copy of the queue that
 * takes its place brings no revoked token back. One that is given out or revoked is on the disk
 * before anybody is told; when it was last used may be lost by a crash.
 */
@ApplicationScoped
public class Grants {

  private static final Logger LOG = Logger.getLogger(Grants.class);
  private static final String FILE = "access.json";
  private static final String DAMAGED = FILE + ".damaged";
  private static final Duration PRECISION = Duration.ofMinutes(1);

  private final Path file;
  private final ObjectMapper json;
  private final InstantSource clock;

  /** Read without a lock by every call; replaced as a whole. */
  private volatile List<Grant> grants = List.of();

  private volatile boolean used;

  Grants(StorageConfig storage, ObjectMapper json, InstantSource clock) {
    this.file = storage.directory().resolve(FILE);
    this.json = json;
    this.clock = clock;
  }

  /**
   * A token, this one time, and what is kept of it.
   *
   * @param token what its holder shows
   */
  public record Given(String token, Grant grant) {}

  void start(@Observes StartupEvent event, Pulse pulse) {
    grants = read();
    pulse.every(Duration.ofHours(1), this::writeUse);
  }

  void stop(@Observes ShutdownEvent event) {
    writeUse();
  }

  private List<Grant> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return List.of(json.readValue(Files.readAllBytes(file), Grant[].class));
    } catch (IOException e) {
      setAside();
      return List.of();
    }
  }

  /** A till that goes on without its pages is better than one that does not start. */
  private void setAside() {
    LOG.errorf(
        "What was paired cannot be read from %s, which is kept as %s: every page and program must be paired anew.",
        file, DAMAGED);
    try {
      Files.move(file, file.resolveSibling(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("It cannot be moved either.", e);
    }
  }

  /** All of them, the oldest first. */
  public List<Grant> all() {
    return grants;
  }

  /** Makes a token. */
  synchronized Given give(Scope scope, Holder holder, String name) {
    var token = Token.make();
    var grant =
        new Grant(
            Token.makeId(),
            Token.hash(token),
            scope,
            holder,
            name,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            null);
    var more = new ArrayList<>(grants);
    more.add(grant);
    replace(more);
    return new Given(token, grant);
  }

  /** Has a token be good for nothing from now on; empty when there is none of that id. */
  synchronized Optional<Grant> revoke(String id) {
    var revoked = grants.stream().filter(grant -> grant.id().equals(id)).findFirst();
    if (revoked.isPresent()) {
      replace(grants.stream().filter(grant -> !grant.id().equals(id)).toList());
    }
    return revoked;
  }

  /** That of a token; each is compared with, however soon it is found. */
  Optional<Grant> find(String token) {
    var hash = Token.hash(token);
    Optional<Grant> found = Optional.empty();
    for (var grant : grants) {
      if (Token.same(hash, grant.hash())) {
        found = Optional.of(grant);
      }
    }
    return found;
  }

  void used(Grant grant) {
    var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    var before = grant.lastUsedAt();
    if (before == null || Duration.between(before, now).abs().compareTo(PRECISION) >= 0) {
      note(grant.id(), grant.usedAt(now));
    }
  }

  private synchronized void note(String id, Grant later) {
    grants = grants.stream().map(grant -> grant.id().equals(id) ? later : grant).toList();
    used = true;
  }

  private synchronized void writeUse() {
    if (used) {
      try {
        write(grants);
      } catch (UncheckedIOException e) {
        LOG.debug("When tokens were last used cannot be written.", e);
      }
    }
  }

  private void replace(List<Grant> others) {
    write(others);
    grants = List.copyOf(others);
  }

  private void write(List<Grant> these) {
    try {
      PrivateFile.replace(file, json.writeValueAsBytes(these), PrivateFile.OWNER);
      used = false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
