package io.tillkeeper.storage;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import org.h2.store.fs.encrypt.FileEncrypt;
import org.h2.store.fs.encrypt.FilePathEncrypt;

/**
 * The key of a queue's files, which shows itself to nobody. The database uses it as H2 does (AES in
 * the mode XTS, with a salt for each file), the journal by a key that is derived from it.
 */
final class FileKey {

  /** H2 makes a cheap hash of it only, so that it has to be long. */
  private static final int SHORTEST = 32;

  private static final int BYTES = 32;

  /** Of a file that H2 encrypted: what it needs itself, and then what the database begins with. */
  private static final int HEAD = FileEncrypt.BLOCK_SIZE;

  private static final byte[] DATABASE = "H:2,".getBytes(ISO_8859_1);

  private final String secret;
  private final Seal seal;

  private FileKey(String secret) {
    this.secret = secret;
    this.seal = Seal.of(secret, "journal");
  }

  /** Empty when it is too short, or has characters that cannot be seen. */
  static Optional<FileKey> of(String text) {
    var fit = text.length() >= SHORTEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    return fit ? Optional.of(new FileKey(text)) : Optional.empty();
  }

  /** One that nobody has: 256 random bits, to be written down. */
  static String random() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** What is in an encrypted file; one in which there is nothing becomes an encrypted one. */
  FileChannel plain(FileChannel file) {
    return new EncryptedFile(file, FilePathEncrypt.getPasswordBytes(secret.toCharArray()));
  }

  /**
   * Whether it is the key of an encrypted database. Writes nothing. A file that is damaged where it
   * begins looks as one with another key.
   */
  boolean opens(FileChannel file) throws IOException {
    if (file.size() < 3 * HEAD) {
      return false;
    }
    var plain = plain(file);
    for (var copyOfHeader = 0; copyOfHeader < 2; copyOfHeader++) {
      var block = ByteBuffer.allocate(HEAD);
      plain.read(block, (long) copyOfHeader * HEAD);
      if (block.flip().limit() >= DATABASE.length
          && block.limit(DATABASE.length).equals(ByteBuffer.wrap(DATABASE))) {
        return true;
      }
    }
    return false;
  }

  /** For the entries of the journal. */
  Seal seal() {
    return seal;
  }

  @Override
  public String toString() {
    return "***";
  }
}
