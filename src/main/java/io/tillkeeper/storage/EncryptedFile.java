package io.tillkeeper.storage;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.security.AES;
import org.h2.security.SHA256;
import org.h2.store.fs.FileBaseDefault;
import org.h2.store.fs.encrypt.FileEncrypt;
import org.jspecify.annotations.Nullable;

/**
 * What is in a file that H2 encrypts (AES in the mode XTS). H2 writes it; what is read is read
 * here, since H2 decrypts 4,096 bytes wherever it reads a few. The native binary does so without
 * the instructions that a processor has for it, and that was most of a start.
 *
 * <p>As with H2 nothing tells a byte that was changed on the disk: it is read as another one.
 */
final class EncryptedFile extends FileBaseDefault {

  /** H2's name for itself, and the salt after it, are in a block before what is encrypted. */
  private static final int HEADER = FileEncrypt.BLOCK_SIZE;

  private static final int SALT_AT = Form.MAGIC_LENGTH;
  private static final int SALT_LENGTH = 8;

  /** Few, since the key is long: {@link FileKey}. */
  private static final int HASHES = 10;

  private static final int KEY_LENGTH = 16;

  /** Each has a number, from which its {@link Tweak} begins. */
  private static final int SECTOR = FileEncrypt.BLOCK_SIZE;

  private static final int CIPHER_BLOCK = 16;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final FileChannel file;
  private final FileChannel ofH2;
  private final byte[] key;
  private volatile @Nullable AES cipher;

  /**
   * @param file as it is on the disk; when there is nothing in it, it becomes an encrypted one with
   *     the first look
   * @param key as H2 has it from a password
   */
  EncryptedFile(FileChannel file, byte[] key) {
    this.file = file;
    this.key = key.clone();
    this.ofH2 = new FileEncrypt(QueueFile.NAME, key, file);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    if (!target.hasRemaining()) {
      return 0;
    }
    var length = (int) Math.min(target.remaining(), size() - position);
    if (length <= 0) {
      return -1;
    }
    var from = position - position % CIPHER_BLOCK;
    var blocks = (int) ((position + length - from + CIPHER_BLOCK - 1) / CIPHER_BLOCK);
    var bytes = new byte[blocks * CIPHER_BLOCK];
    readFully(ByteBuffer.wrap(bytes), HEADER + from);
    decrypt(bytes, from);
    target.put(bytes, (int) (position - from), length);
    return length;
  }

  private void decrypt(byte[] bytes, long position) throws IOException {
    var aes = cipher();
    var tweak = new Tweak(aes, position);
    for (var at = 0; at < bytes.length; at += CIPHER_BLOCK) {
      if (at > 0) {
        tweak.next(position + at);
      }
      tweak.mix(bytes, at);
      aes.decrypt(bytes, at, CIPHER_BLOCK);
      tweak.mix(bytes, at);
    }
  }

  /** After the first look at the size, which makes the header where there is none. */
  private AES cipher() throws IOException {
    var known = cipher;
    if (known == null) {
      var salt = new byte[SALT_LENGTH];
      readFully(ByteBuffer.wrap(salt), SALT_AT);
      known = new AES();
      known.setKey(SHA256.getPBKDF2(key, salt, HASHES, KEY_LENGTH));
      cipher = known;
    }
    return known;
  }

  private void readFully(ByteBuffer target, long position) throws IOException {
    var at = position;
    while (target.hasRemaining()) {
      var read = file.read(target, at);
      if (read < 0) {
        throw new EOFException();
      }
      at += read;
    }
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return ofH2.write(source, position);
  }

  @Override
  public long size() throws IOException {
    return ofH2.size();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    ofH2.force(metaData);
  }

  @Override
  protected void implTruncate(long size) throws IOException {
    ofH2.truncate(size);
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return ofH2.tryLock(position, size, shared);
  }

  @Override
  protected void implCloseChannel() throws IOException {
    ofH2.close();
  }

  /**
   * What a block of the cipher is mixed with, by where it stands (IEEE 1619): the encrypted number
   * of its sector, doubled in the field of 2^128 elements once for each block before it.
   */
  private static final class Tweak {

    /** The remainder that doubling leaves. */
    private static final long FEEDBACK = 0x87;

    private final AES cipher;
    private long low;
    private long high;

    Tweak(AES cipher, long position) {
      this.cipher = cipher;
      begin(position / SECTOR);
      for (var before = position % SECTOR / CIPHER_BLOCK; before > 0; before--) {
        twice();
      }
    }

    /** Goes on to the next block, which stands there. */
    void next(long position) {
      if (position % SECTOR == 0) {
        begin(position / SECTOR);
      } else {
        twice();
      }
    }

    private void begin(long sector) {
      var number = new byte[CIPHER_BLOCK];
      LONG.set(number, 0, sector);
      cipher.encrypt(number, 0, CIPHER_BLOCK);
      low = (long) LONG.get(number, 0);
      high = (long) LONG.get(number, Long.BYTES);
    }

    private void twice() {
      var carried = high >>> (Long.SIZE - 1);
      high = high << 1 | low >>> (Long.SIZE - 1);
      low = low << 1 ^ carried * FEEDBACK;
    }

    void mix(byte[] bytes, int at) {
      LONG.set(bytes, at, (long) LONG.get(bytes, at) ^ low);
      LONG.set(bytes, at + Long.BYTES, (long) LONG.get(bytes, at + Long.BYTES) ^ high);
    }
  }
}
