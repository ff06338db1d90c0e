package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A file in pages that only the holder of its code can read: each page is sealed with AES-256-GCM,
 * together with its number and with whether it is the last, so that none can be missing, doubled or
 * changed unseen. Only its owner may read it.
 */
public final class SealedFile {

  private static final byte[] MAGIC = "Tillkeeper sealed 1\n".getBytes(US_ASCII);
  private static final String PURPOSE = "sealed file";

  /** Without the letters that are mistaken for others when they are read aloud or typed. */
  private static final String LETTERS = "ABCDEFGHJKMNPQRSTVWXYZ0123456789";

  /** 125 bits. */
  private static final int CODE_LENGTH = 25;

  private static final int GROUP = 5;

  /** The number of a page, and whether it is the last. */
  private static final int HEAD = Integer.BYTES + 1;

  /** More than any page; a longer one is what a damaged file says. */
  private static final int LONGEST = 64 * 1024 * 1024;

  private SealedFile() {}

  /** The file cannot be opened: it is another, or not whole, or the code is another. */
  public static final class NotOpened extends IOException {

    private static final long serialVersionUID = 1L;

    NotOpened(String reason) {
      super(reason);
    }
  }

  /** A code that nobody can guess, in groups for people. */
  public static String newCode() {
    var random = new SecureRandom();
    var code = new StringBuilder();
    for (var letter = 0; letter < CODE_LENGTH; letter++) {
      code.append(letter > 0 && letter % GROUP == 0 ? "-" : "")
          .append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.toString();
  }

  private static Seal seal(String code) {
    return Seal.of(plain(code), PURPOSE);
  }

  private static String plain(String code) {
    return code.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "");
  }

  /**
   * Writes one, page by page. It is there, whole and on the disk, when {@link #finish} returns;
   * without that there is none.
   */
  public static final class Writer implements AutoCloseable {

    private final Path file;
    private final Path part;
    private final Seal seal;
    private final DataOutputStream out;
    private int pages;

    /**
     * @throws IOException when it cannot be written there
     */
    public Writer(Path file, String code) throws IOException {
      this.file = file.toAbsolutePath();
      this.part = this.file.resolveSibling(this.file.getFileName() + ".part");
      this.seal = seal(code);
      Files.deleteIfExists(part);
      PrivateFile.create(part);
      this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)));
      out.write(MAGIC);
    }

    /** Adds a page. */
    public void add(byte[] page) throws IOException {
      write(page, false);
    }

    private void write(byte[] page, boolean last) throws IOException {
      var sealed =
          seal.seal(
              ByteBuffer.allocate(HEAD + page.length)
                  .putInt(pages)
                  .put((byte) (last ? 1 : 0))
                  .put(page)
                  .array());
      out.writeInt(sealed.length);
      out.write(sealed);
      pages++;
    }

    /** Ends it, and puts it in its place. */
    public void finish() throws IOException {
      write(new byte[0], true);
      out.close();
      Backups.sync(part, StandardOpenOption.WRITE);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      Backups.sync(file.getParent(), StandardOpenOption.READ);
    }

    @Override
    public void close() throws IOException {
      out.close();
      Files.deleteIfExists(part);
    }
  }

  /**
   * Reads one from end to end. A page that is handed on is as it was written; whether all of them
   * are there is known when this returns.
   *
   * @throws NotOpened when it is not whole, or the code is another
   */
  public static void read(Path file, String code, Consumer<byte[]> pages) throws IOException {
    if (plain(code).isEmpty()) {
      throw new NotOpened("the code is missing");
    }
    var seal = seal(code);
    try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw new NotOpened("it is not what an export wrote");
      }
      var last = false;
      for (var number = 0; !last; number++) {
        var page = page(in, seal);
        if (page.getInt() != number) {
          throw new NotOpened("a part of it is missing");
        }
        last = page.get() == 1;
        if (!last) {
          pages.accept(Arrays.copyOfRange(page.array(), HEAD, page.limit()));
        }
      }
    }
  }

  private static ByteBuffer page(DataInputStream in, Seal seal) throws IOException {
    var head = in.readNBytes(Integer.BYTES);
    var length = head.length < Integer.BYTES ? -1 : ByteBuffer.wrap(head).getInt();
    if (length < 0 || length > LONGEST) {
      throw new NotOpened("its end is missing");
    }
    var sealed = in.readNBytes(length);
    if (sealed.length < length) {
      throw new NotOpened("its end is missing");
    }
    return seal.open(sealed)
        .filter(page -> page.length >= HEAD)
        .map(ByteBuffer::wrap)
        .orElseThrow(() -> new NotOpened("the code is another, or the file was changed"));
  }
}
