package io.tillkeeper.host.cli;

import io.tillkeeper.odoo.Finding;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Whether the disk keeps what it says it has: it is written as the queue is, and the time that
 * takes tells. A disk that has it at once cannot have it at all.
 */
final class DiskCheck {

  private static final String DISK = "disk";
  private static final int WRITES = 48;
  private static final int BLOCK = 4096;

  /** The fastest disks with a battery of their own need about this. */
  private static final Duration TOO_FAST = Duration.ofNanos(15_000);

  /** Two such writes and more are made for each customer, while the cashier waits. */
  private static final Duration TOO_SLOW = Duration.ofMillis(60);

  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs", "rootfs");

  private final Path directory;

  DiskCheck(Path directory) {
    this.directory = directory;
  }

  List<Finding> run() {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    if (!Files.isWritable(directory)) {
      return List.of(
          Finding.warning(
              DISK,
              "Its durability was not measured: you may not write in %s.".formatted(directory),
              "Try it as root: 'sudo tillkeeper doctor'."));
    }
    try {
      var type = Files.getFileStore(directory).type();
      return List.of(IN_MEMORY.contains(type) ? inMemory(type) : judge(measure(), type));
    } catch (IOException e) {
      return List.of(
          Finding.error(
              DISK,
              "Writing in %s failed (%s).".formatted(directory, e.getClass().getSimpleName()),
              "'dmesg | tail' shows whether the disk has errors, 'mount' whether it was made read-only."));
    }
  }

  private Finding inMemory(String type) {
    return Finding.error(
        DISK,
        "%s is in memory (%s): what is accepted is gone when the box is switched off."
            .formatted(directory, type),
        "tillkeeper.storage.directory has to be on a disk.");
  }

  /** The median of some dozens of synchronous writes; the file is gone afterwards. */
  private Duration measure() throws IOException {
    var file = Files.createTempFile(directory, "doctor", ".tmp");
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.DSYNC)) {
      var times = new long[WRITES];
      for (var i = 0; i < WRITES; i++) {
        var block = ByteBuffer.allocate(BLOCK);
        var begin = System.nanoTime();
        while (block.hasRemaining()) {
          channel.write(block, (long) i * BLOCK + block.position());
        }
        times[i] = System.nanoTime() - begin;
      }
      Arrays.sort(times);
      return Duration.ofNanos(times[WRITES / 2]);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /** What a median means. */
  static Finding judge(Duration median, String type) {
    var sentence =
        String.format(
            Locale.ROOT,
            "A synchronous write of 4 KiB takes %.2f ms (%s).",
            median.toNanos() / 1e6,
            type);
    if (median.compareTo(TOO_FAST) < 0) {
      return Finding.warning(
          DISK,
          sentence,
          "That is faster than a disk can be: it may say that it has what it has not, and a power cut may then lose what was accepted. Is it a virtual disk with a cache ('writeback', 'unsafe'), or a file system mounted without barriers ('mount')?");
    }
    if (median.compareTo(TOO_SLOW) > 0) {
      return Finding.warning(
          DISK,
          sentence,
          "That is slow, and the cashier waits for it: an SD card that is worn out or of a slow class looks like this, and so does a disk that something else keeps busy. An A2 card or an SSD is better.");
    }
    return Finding.ok(DISK, sentence);
  }
}
