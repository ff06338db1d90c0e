package io.tillkeeper;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** A file system of its own, small enough to be filled, and to be broken without harm. */
final class SmallDisk implements AutoCloseable {

  private static final int MEBIBYTE = 1024 * 1024;
  private static final int BLOCK = 4096;

  private final Path image;
  private final Path root;
  private boolean mounted;

  private SmallDisk(Path image, Path root) {
    this.image = image;
    this.root = root;
  }

  /** Makes one below a directory; skips the test where the machine does not let it be mounted. */
  static SmallDisk in(Path directory, int mebibytes) throws IOException {
    var disk = new SmallDisk(directory.resolve("image"), directory.resolve("disk"));
    try (var file = new RandomAccessFile(disk.image.toFile(), "rw")) {
      file.setLength((long) mebibytes * MEBIBYTE);
    }
    Files.createDirectory(disk.root);
    try {
      var owner =
          Files.getAttribute(directory, "unix:uid")
              + ":"
              + Files.getAttribute(directory, "unix:gid");
      Machine.run(
          List.of(
              "mkfs.ext4", "-q", "-m", "0", "-E", "root_owner=" + owner, disk.image.toString()));
      disk.mount();
      return disk;
    } catch (IOException e) {
      return Machine.missing(e);
    }
  }

  private void mount() throws IOException {
    Machine.asRoot("mount", "-o", "loop", image.toString(), root.toString());
    mounted = true;
  }

  /** Where the queue may lie. */
  Path storage() {
    return root.resolve("storage");
  }

  /** Fills it up, but for so many bytes. */
  void fill(long but) throws IOException {
    try (var filler =
        FileChannel.open(filler(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      filler.position(filler.size());
      for (var size : List.of(MEBIBYTE, BLOCK)) {
        fill(filler, ByteBuffer.allocate(size));
      }
      filler.truncate(Math.max(0, filler.size() - but));
      filler.force(true);
    }
  }

  private static void fill(FileChannel filler, ByteBuffer bytes) {
    try {
      while (true) {
        filler.write(bytes.clear());
      }
    } catch (IOException full) {
      // which was wanted
    }
  }

  /** What is deleted is free once the file system has written that down. */
  void makeRoom() throws IOException {
    Files.delete(filler());
    try (var directory = FileChannel.open(root, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private Path filler() {
    return root.resolve("filler");
  }

  /** What the kernel does with a file system in which it finds an error: it can only be read. */
  void becomeReadOnly() throws IOException {
    Machine.asRoot("mount", "-o", "remount,abort", root.toString());
  }

  /** As a box does it when it starts again; nobody uses it meanwhile. */
  void checkAndMountAgain() throws IOException {
    unmount();
    try {
      Machine.run(List.of("e2fsck", "-fy", image.toString()));
    } catch (IOException corrected) {
      // so it says with its exit code
    }
    mount();
  }

  private void unmount() throws IOException {
    Machine.asRoot("umount", root.toString());
    mounted = false;
  }

  @Override
  public void close() {
    try {
      if (mounted) {
        unmount();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
