package io.tillkeeper.storage;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

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

  private static final String READ_ONLY = "r";

  /**
   * The mode of {@link java.io.RandomAccessFile} that H2's disk file system turns into {@code
   * DSYNC}.
   */
  private static final String SYNCHRONOUS = "rwd";

  static void register() {
    FilePath.register(new DurableFilePath());
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    if (mode.equals(READ_ONLY)) {
      return getBase().open(READ_ONLY);
    }
    try {
      return new DurableFile(getBase().open(SYNCHRONOUS));
    } catch (IOException e) {
      DiskTrouble.met(e);
      throw e;
    }
  }
}
