package io.tillkeeper.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system says of the files that this process has open. */
final class OpenFiles {

  /** Linux keeps one entry for each open file here; other systems have no such place. */
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private static final Path DESCRIPTOR_INFO = Path.of("/proc/self/fdinfo");

  private static final String FLAGS = "flags:";

  /** {@code O_DSYNC} in Linux' generic numbering, which amd64 and arm64 both have. */
  private static final int O_DSYNC = 0x1000;

  private OpenFiles() {}

  /**
   * Whether each database file that is open in a directory, and at least one is, is written
   * synchronously. Always true where the operating system does not tell.
   */
  static boolean areSynchronous(Path directory) {
    if (!Files.isDirectory(DESCRIPTORS)) {
      return true;
    }
    try (var descriptors = Files.list(DESCRIPTORS)) {
      var real = directory.toRealPath();
      var files = descriptors.filter(descriptor -> isDatabase(descriptor, real)).toList();
      return !files.isEmpty() && files.stream().allMatch(OpenFiles::isSynchronous);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isDatabase(Path descriptor, Path directory) {
    try {
      var file = Files.readSymbolicLink(descriptor);
      return file.startsWith(directory) && file.toString().endsWith(QueueFile.SUFFIX);
    } catch (IOException e) {
      return false; // closed between the listing and now, as the listing's own descriptor is
    }
  }

  private static boolean isSynchronous(Path descriptor) {
    try (var lines = Files.lines(DESCRIPTOR_INFO.resolve(descriptor.getFileName()))) {
      return lines
          .filter(line -> line.startsWith(FLAGS))
          .mapToInt(line -> Integer.parseInt(line.substring(FLAGS.length()).strip(), 8))
          .anyMatch(flags -> (flags & O_DSYNC) != 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
