package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Small files beside the queue that not everybody may read. */
public final class PrivateFile {

  /** Who runs the daemon. */
  public static final Set<PosixFilePermission> OWNER = PosixFilePermissions.fromString("rw-------");

  /** And the members of its group. */
  public static final Set<PosixFilePermission> GROUP = PosixFilePermissions.fromString("rw-r-----");

  private PrivateFile() {}

  /** Makes an empty one, which only its owner may read from the first moment on. */
  static Path create(Path file) throws IOException {
    return Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER));
  }

  /**
   * Puts a file in the place of the one that was there. When this returns it is on the disk; after
   * a crash there is the one or the other, and never a part. It is never readable to others, not
   * for a moment either.
   */
  public static void replace(Path file, byte[] content, Set<PosixFilePermission> readers)
      throws IOException {
    var directory = file.toAbsolutePath().getParent();
    var part = Files.createTempFile(directory, file.getFileName().toString(), ".part");
    try {
      Files.write(part, content, StandardOpenOption.WRITE, StandardOpenOption.SYNC);
      if (Files.getFileAttributeView(part, PosixFileAttributeView.class) != null) {
        Files.setPosixFilePermissions(part, readers);
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      Backups.sync(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      DiskTrouble.met(e);
      throw e;
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
