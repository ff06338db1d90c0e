package io.tillkeeper.storage;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether the file in the directory is the one that is open. Where somebody has moved or deleted
 * the directory, or put another file there, what is written goes where the next start does not look
 * for it.
 */
@ApplicationScoped
public class OpenedFile {

  private final Path file;
  private volatile @Nullable Object opened;

  OpenedFile(StorageConfig config) {
    this.file = config.directory().resolve(QueueFile.NAME);
  }

  void started(@Observes @Priority(StorageOpening.FIRST + 1) StartupEvent event) {
    opened = key();
  }

  /** Whether it is there. */
  public boolean isInPlace() {
    var there = key();
    return there != null && Objects.equals(there, opened);
  }

  /** What the file system knows it by; null when there is none. */
  private @Nullable Object key() {
    try {
      var attributes = Files.readAttributes(file, BasicFileAttributes.class);
      var key = attributes.fileKey();
      return key == null ? file : key; // where files have no such thing, by its name
    } catch (IOException e) {
      return null;
    }
  }
}
