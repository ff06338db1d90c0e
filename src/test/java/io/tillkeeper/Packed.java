package io.tillkeeper;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** What is a thousand times as large once it is unpacked. */
public final class Packed {

  private static final int MEBIBYTE = 1 << 20;

  private Packed() {}

  /** JSON in gzip, with so many mebibytes of blanks before it: whoever unpacks it can read it. */
  public static byte[] json(int mebibytes, String json) {
    var blanks = new byte[MEBIBYTE];
    Arrays.fill(blanks, (byte) ' ');
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      for (var i = 0; i < mebibytes; i++) {
        out.write(blanks);
      }
      out.write(json.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
