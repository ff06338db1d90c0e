package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.jboss.logging.Logger;

/**
 * The key that the daemon has made itself. Without it the queue is lost, so it lies in the
 * directory twice, each with a check by which a damaged one is known.
 */
final class GeneratedKey {

  private static final Logger LOG = Logger.getLogger(GeneratedKey.class);

  private static final String NAME = Encryption.KEY;
  private static final String COPY = NAME + ".copy";
  private static final String CHECK = "check:";

  private final Path file;
  private final Path copy;

  GeneratedKey(Path directory) {
    this.file = directory.resolve(NAME);
    this.copy = directory.resolve(COPY);
  }

  /** Where it is written, and where one that was lost is brought back to. */
  Path path() {
    return file;
  }

  /** The one of the two that is whole, or else the one in which there is something. */
  Optional<SecretFile> source() {
    return whole().or(() -> both().filter(SecretFile::isFilled).findFirst());
  }

  private Optional<SecretFile> whole() {
    return both().filter(each -> isWhole(each.path())).findFirst();
  }

  private Stream<SecretFile> both() {
    return Stream.of(file, copy).map(SecretFile::new);
  }

  /**
   * Makes one, where another daemon that was started at the same moment has not. It is on the disk
   * when this returns.
   */
  void make() throws IOException {
    try (var held =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PrivateFile.OWNER))) {
      held.lock();
      if (whole().isEmpty()) {
        var content = content(FileKey.random());
        write(copy, content);
        write(file, content);
      }
    }
  }

  /** Has both be there and whole, where one is. One that a person has put there counts as well. */
  void mend() throws IOException {
    if (isWhole(file)) {
      if (!isWhole(copy) || !firstLine(copy).equals(firstLine(file))) {
        write(copy, content(firstLine(file)));
      }
    } else if (isWhole(copy)) {
      write(file, content(firstLine(copy)));
      LOG.warnf(
          "The key of the queue, %s, was damaged or gone, and was made anew from %s.", file, copy);
    }
  }

  private static void write(Path path, String content) throws IOException {
    PrivateFile.replace(path, content.getBytes(ISO_8859_1), PrivateFile.OWNER);
  }

  private static String content(String key) {
    return key + System.lineSeparator() + CHECK + check(key) + System.lineSeparator();
  }

  private static String check(String key) {
    var sum = new CRC32();
    sum.update(key.getBytes(ISO_8859_1));
    return Long.toHexString(sum.getValue());
  }

  private static String firstLine(Path path) throws IOException {
    return new SecretFile(path).firstLine();
  }

  /** One without a check, which a person has written, is whole if it can be a key. */
  private static boolean isWhole(Path path) {
    List<String> lines;
    try {
      lines = Files.readAllLines(path, ISO_8859_1);
    } catch (IOException e) {
      return false;
    }
    if (lines.isEmpty()) {
      return false;
    }
    var key = lines.getFirst().strip();
    return FileKey.of(key).isPresent()
        && (lines.size() == 1 || lines.get(1).equals(CHECK + check(key)));
  }
}
