package io.tillkeeper.queue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tillkeeper.storage.PrivateFile;
import io.tillkeeper.storage.StorageConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jboss.logging.Logger;

/**
 * Who was erased, by their refs, in a file of its own beside the queue: a copy of the queue that
 * takes its place brings nobody back. An erasure is in it before anything is erased, so that one
 * that a crash cuts off, or that has to wait for a delivery, is brought to its end later.
 */
@ApplicationScoped
class Erasures {

  private static final Logger LOG = Logger.getLogger(Erasures.class);
  private static final String FILE = "erasures.json";
  private static final String DAMAGED = FILE + ".damaged";
  private static final int BATCH = 200;

  private final Path file;
  private final ObjectMapper json;
  private final EraseStep step;
  private final GroupCommit commits;

  Erasures(StorageConfig storage, ObjectMapper json, EraseStep step, GroupCommit commits) {
    this.file = storage.directory().resolve(FILE);
    this.json = json;
    this.step = step;
    this.commits = commits;
  }

  /** Writes down that these are erased. It is on the disk when this returns. */
  synchronized void add(Collection<UUID> refs, long upTo) {
    if (!refs.isEmpty()) {
      var all = new ArrayList<>(read());
      all.removeIf(erasure -> refs.contains(erasure.ref()));
      refs.forEach(ref -> all.add(new Erasure(ref, upTo, false)));
      write(all);
    }
  }

  /** The database is another one than before: all of them may be in it again. */
  synchronized void doubt() {
    change(Erasure::inDoubt);
  }

  /**
   * Erases what is left of those who were erased, as far as it is in Odoo by now. Where nothing is
   * left, nothing is written.
   */
  synchronized void finish() {
    var left = read().stream().filter(erasure -> !erasure.done()).toList();
    Set<Erasure> finished = new HashSet<>();
    for (var from = 0; from < left.size(); from += BATCH) {
      var batch = left.subList(from, Math.min(from + BATCH, left.size()));
      finished.addAll(commits.write(() -> batch.stream().filter(step::finish).toList()));
    }
    change(erasure -> finished.contains(erasure) ? erasure.finished() : erasure);
  }

  private void change(UnaryOperator<Erasure> to) {
    var before = read();
    var after = before.stream().map(to).toList();
    if (!after.equals(before)) {
      write(after);
    }
  }

  private List<Erasure> read() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return List.of(json.readValue(Files.readAllBytes(file), Erasure[].class));
    } catch (IOException e) {
      setAside();
      return List.of();
    }
  }

  /** Only a copy of the queue that takes its place would need it. */
  private void setAside() {
    LOG.errorf(
        "Who was erased cannot be read from %s, which is kept as %s: after a copy of the queue has taken its place, erase them again.",
        file, DAMAGED);
    try {
      Files.move(file, file.resolveSibling(DAMAGED), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("It cannot be moved either.", e);
    }
  }

  private void write(List<Erasure> these) {
    try {
      PrivateFile.replace(file, json.writeValueAsBytes(these), PrivateFile.OWNER);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
