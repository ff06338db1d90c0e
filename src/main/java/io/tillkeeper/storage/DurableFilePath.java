package io.tillkeeper.storage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jboss.logging.Logger;

/**
 * H2's files, written synchronously: a write returns when the disk has it, and writes reach the
 * disk in the order in which they were made ({@code O_DSYNC}).
 *
 * <p>This is what an acknowledged operation's survival of a power cut rests on. H2's own settings
 * do not give it: without ordered synchronous writes its file can lose commits, or be left
 * unreadable.
 *
 * <p>Public, and known to the native image by its name, because H2 makes its paths by reflection.
 */
@RegisterForReflection
public final class DurableFilePath extends FilePathWrapper {

  static final String SCHEME = "durable";

  private static final Logger LOG = Logger.getLogger(DurableFilePath.class);

  private static final String READ_ONLY = "r";

  /**
   * The mode of {@link java.io.RandomAccessFile} that H2's disk file system turns into {@code
   * DSYNC}.
   */
  private static final String SYNCHRONOUS = "rwd";

  /** What is open, of all databases. */
  private static final Set<DurableFile> OPEN = ConcurrentHashMap.newKeySet();

  /** The keys of those that are encrypted, by their files. */
  private static final Map<Path, FileKey> KEYS = new ConcurrentHashMap<>();

  static void register() {
    FilePath.register(new DurableFilePath());
  }

  /**
   * Says with which key a database is encrypted that is opened next, or that it is not. H2 would do
   * the same if it were told the key, but it then insists on pages of 4096 bytes and more, and an
   * accept writes half as much again.
   */
  static void use(Path database, Optional<FileKey> key) {
    key.ifPresentOrElse(
        known -> KEYS.put(real(database), known), () -> KEYS.remove(real(database)));
  }

  /**
   * What is in the file of a database that this process has open, as it is on the disk.
   *
   * @throws IOException when it does not have it open
   */
  static FileChannel asItIs(Path database) throws IOException {
    return open(database)
        .findFirst()
        .orElseThrow(() -> new IOException("the database is not open: " + database));
  }

  private static Stream<DurableFile> open(Path database) {
    var file = real(database);
    return OPEN.stream().filter(each -> real(Path.of(each.name())).equals(file));
  }

  /** H2 takes the ways of links out of its names. */
  private static Path real(Path file) {
    var absolute = file.toAbsolutePath();
    try {
      return absolute.getParent().toRealPath().resolve(absolute.getFileName());
    } catch (IOException e) {
      return absolute;
    }
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    if (mode.equals(READ_ONLY)) {
      return opened(READ_ONLY);
    }
    try {
      return opened(SYNCHRONOUS);
    } catch (IOException e) {
      DiskTrouble.met(e);
      throw e;
    }
  }

  private FileChannel opened(String mode) throws IOException {
    var file = new DurableFile(getBase().open(mode), getBase().toString(), OPEN::remove);
    OPEN.add(file);
    var key = KEYS.get(real(Path.of(file.name())));
    return key == null || Form.of(file) == Form.PLAIN ? file : key.plain(file);
  }

  /**
   * Closes what is left open of a database that could not be opened: H2 forgets its file where it
   * makes no sense, and would then find it in use, by itself.
   */
  static void closeForgotten(Path database) {
    open(database)
        .forEach(
            file -> {
              try {
                file.close();
              } catch (IOException e) {
                LOG.debug("A file that was forgotten cannot be closed.", e);
              }
            });
  }
}
