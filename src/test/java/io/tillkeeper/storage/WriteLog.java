package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What was done to a database's file, in the order in which it was done, with marks of what was
 * known to be on the disk; and the file as a power cut could have left it.
 */
public final class WriteLog {

  /** What a disk writes whole or not at all. */
  private static final int SECTOR = 512;

  /** What the memory of the system writes back at a time, in any order. */
  private static final int PAGE = 4096;

  private final List<Step> steps = new ArrayList<>();
  private byte[] before = {};

  /** Something that was done to the file. */
  sealed interface Step {

    record Write(long position, byte[] bytes) implements Step {}

    record Truncate(long size) implements Step {}

    record Force() implements Step {}

    /** So many commits were acknowledged by now. */
    record Mark() implements Step {}
  }

  /**
   * A file as a power cut could have left it.
   *
   * @param acknowledged how many marks lie before the cut
   */
  public record Image(byte[] file, int acknowledged) {

    /** Puts it where a database of that name is looked for. */
    public void writeTo(Path file) throws IOException {
      Files.write(file, this.file);
    }
  }

  /** Begins anew, with the file as it is. */
  public synchronized void begin(byte[] file) {
    before = file.clone();
    steps.clear();
  }

  synchronized void add(Step step) {
    steps.add(step);
  }

  /** What was done until now is acknowledged. */
  public void mark() {
    add(new Step.Mark());
  }

  /** How many moments there are at which the power can fail. */
  public synchronized int size() {
    return steps.size();
  }

  /**
   * Where each write is on the disk before the next begins: everything before the cut is there, of
   * the write under way any of its sectors, or its first ones.
   */
  public synchronized Image inOrder(int cut, Random random) {
    var file = new Content(before);
    steps.subList(0, cut).forEach(file::apply);
    if (cut < steps.size() && steps.get(cut) instanceof Step.Write torn) {
      if (random.nextBoolean()) {
        file.writeSome(torn, SECTOR, random);
      } else {
        file.writeFirst(torn, SECTOR, random);
      }
    }
    return new Image(file.bytes(), marksBefore(cut));
  }

  /**
   * Where writes wait in the memory of the system: what was forced is there, and of all that was
   * written since any of its pages.
   */
  public synchronized Image outOfOrder(int cut, Random random) {
    var forced = steps.subList(0, cut).lastIndexOf(new Step.Force()) + 1;
    var file = new Content(before);
    steps.subList(0, forced).forEach(file::apply);
    steps
        .subList(forced, cut)
        .forEach(
            step -> {
              if (step instanceof Step.Write write) {
                file.writeSome(write, PAGE, random);
              }
            });
    return new Image(file.bytes(), marksBefore(cut));
  }

  private int marksBefore(int cut) {
    return (int) steps.subList(0, cut).stream().filter(Step.Mark.class::isInstance).count();
  }

  /** A file that grows. */
  private static final class Content {

    private byte[] bytes;
    private int size;

    Content(byte[] bytes) {
      this.bytes = bytes.clone();
      this.size = bytes.length;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, size);
    }

    void apply(Step step) {
      switch (step) {
        case Step.Write write -> write(write.position(), write.bytes(), 0, write.bytes().length);
        case Step.Truncate truncate -> size = (int) truncate.size();
        case Step.Force force -> {}
        case Step.Mark mark -> {}
      }
    }

    void writeSome(Step.Write write, int unit, Random random) {
      for (var from = 0; from < write.bytes().length; ) {
        var within = (int) ((write.position() + from) % unit);
        var length = Math.min(unit - within, write.bytes().length - from);
        if (random.nextBoolean()) {
          write(write.position() + from, write.bytes(), from, length);
        }
        from += length;
      }
    }

    void writeFirst(Step.Write write, int unit, Random random) {
      var units = write.bytes().length / unit;
      write(write.position(), write.bytes(), 0, random.nextInt(units + 1) * unit);
    }

    private void write(long position, byte[] source, int from, int length) {
      var end = (int) position + length;
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(end, bytes.length * 2));
      }
      if (position > size) {
        Arrays.fill(bytes, size, (int) position, (byte) 0);
      }
      System.arraycopy(source, from, bytes, (int) position, length);
      size = Math.max(size, end);
    }
  }
}
