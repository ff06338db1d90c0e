package io.tillkeeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;

/**
 * What the JVM keeps of the classes of the jar (class data sharing), so that a daemon of these
 * tests starts in half the time, which is most of what they wait for. It lies beside the jar; the
 * first test of a build waits for a daemon that writes it when it ends.
 */
final class ClassArchive {

  private static final Duration WRITE_LIMIT = Duration.ofMinutes(2);

  private ClassArchive() {}

  /**
   * The archive for the JVM of the test, which takes no other's.
   *
   * @param application the directory of the jar
   */
  static synchronized Path of(Path application) {
    var directory =
        application.resolveSibling("class-archive-" + System.getProperty("java.version"));
    var archive = directory.resolve("classes.jsa");
    try {
      if (!Files.exists(archive) || isOlder(archive, application.resolve("quarkus-run.jar"))) {
        write(archive, Files.createDirectories(directory.resolve("storage")));
      }
      return archive;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOlder(Path archive, Path jar) throws IOException {
    return Files.getLastModifiedTime(archive).compareTo(Files.getLastModifiedTime(jar)) < 0;
  }

  private static void write(Path archive, Path storage) throws IOException {
    // not under its name before it is whole
    var unfinished = archive.resolveSibling("unfinished.jsa");
    try (var daemon = Daemon.startThatArchivesItsClasses(Daemon.alone(storage), unfinished)) {
      daemon.stop(WRITE_LIMIT);
    }
    Files.move(unfinished, archive, StandardCopyOption.REPLACE_EXISTING);
  }
}
