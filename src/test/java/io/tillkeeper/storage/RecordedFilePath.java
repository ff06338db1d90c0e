package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * The file access of a database, written down: {@code jdbc:h2:durable:recorded:...} is what the
 * product does, {@code jdbc:h2:recorded:...} what H2 does by itself.
 */
public final class RecordedFilePath extends FilePathWrapper {

  /** Of all databases that are opened so: one at a time. */
  public static final WriteLog LOG = new WriteLog();

  public static void register() {
    FilePath.register(new RecordedFilePath());
  }

  @Override
  public String getScheme() {
    return "recorded";
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    var file = getBase().open(mode);
    return name.endsWith(".mv.db") ? new RecordedFile(file) : file;
  }

  private static final class RecordedFile extends FileBaseDefault {

    private final FileChannel file;

    RecordedFile(FileChannel file) {
      this.file = file;
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
      var bytes = new byte[source.remaining()];
      source.duplicate().get(bytes);
      var written = file.write(source, position);
      LOG.add(new WriteLog.Step.Write(position, bytes));
      return written;
    }

    @Override
    protected void implTruncate(long size) throws IOException {
      file.truncate(size);
      LOG.add(new WriteLog.Step.Truncate(size));
    }

    @Override
    public void force(boolean metaData) throws IOException {
      file.force(metaData);
      LOG.add(new WriteLog.Step.Force());
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
      return file.read(target, position);
    }

    @Override
    public long size() throws IOException {
      return file.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
      return file.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
      file.close();
    }
  }
}
