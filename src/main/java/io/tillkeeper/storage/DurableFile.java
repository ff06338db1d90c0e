package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.h2.store.fs.FileBaseDefault;

/**
 * A file of H2's whose every write is whole on the disk or does not count.
 *
 * <p>A chunk of H2's counts when its first and its last sector are there; what lies between has no
 * checksum. A disk that loses its power may have written any of them. So the last sector is written
 * when all before it is on the disk.
 *
 * <p>What a write left that came to nothing is put right by whoever locks the file next, before
 * anything is read from it.
 */
final class DurableFile extends FileBaseDefault {

  /** What every disk writes whole or not at all. */
  private static final int SECTOR = 512;

  /** Of all files: one database is open at a time. */
  private static volatile boolean torn;

  private final FileChannel file;
  private final String name;
  private final Consumer<DurableFile> closed;

  /**
   * @param closed is told when it is closed
   */
  DurableFile(FileChannel file, String name, Consumer<DurableFile> closed) {
    this.file = file;
    this.name = name;
    this.closed = closed;
  }

  String name() {
    return name;
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    var length = source.remaining();
    try {
      writeInOrder(source, position);
    } catch (IOException e) {
      torn = true;
      Running.doubt(Path.of(name).getParent()); // a disk that fails may keep a part of it
      DiskTrouble.met(e);
      throw e;
    }
    WrittenBytes.add(length);
    return length;
  }

  private void writeInOrder(ByteBuffer source, long position) throws IOException {
    var length = source.remaining();
    if (length > SECTOR) {
      var end = source.limit();
      source.limit(end - SECTOR);
      writeAll(source, position);
      source.limit(end);
    }
    writeAll(source, position + length - source.remaining());
  }

  private void writeAll(ByteBuffer source, long position) throws IOException {
    var at = position;
    while (source.hasRemaining()) {
      at += file.write(source, at);
    }
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
  public void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    file.truncate(size);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    var lock = file.tryLock(position, size, shared);
    if (lock != null && !shared) {
      StoreHeader.cutTornBlock(file);
      var access = DurableDriver.access();
      if (torn && access != null) {
        StoreHeader.putRight(access.plain(file));
        torn = false;
      }
    }
    return lock;
  }

  @Override
  protected void implCloseChannel() throws IOException {
    file.close();
    closed.accept(this);
  }
}
