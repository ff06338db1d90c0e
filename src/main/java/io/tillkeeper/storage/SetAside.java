package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Database files that were damaged, and were set aside when a copy took their place. They stay
 * until somebody has looked at them and deletes them.
 */
@ApplicationScoped
public class SetAside {

  static final String DIRECTORY = "damaged";

  private final Path directory;

  SetAside(StorageConfig config) {
    this.directory = config.directory().resolve(DIRECTORY);
  }

  /** The files, the oldest first. */
  public List<Path> files() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
