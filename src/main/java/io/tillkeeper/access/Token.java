package io.tillkeeper.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The secret that a caller shows: 256 random bits, so that one round of SHA-256 hides it. */
final class Token {

  private static final int BYTES = 32;

  private Token() {}

  static String make() {
    var bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return "tk-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /** By what a person names one: enough to tell those of one box apart. */
  static String makeId() {
    return HexFormat.of().toHexDigits(new SecureRandom().nextInt());
  }

  /** What is written down of it. */
  static String hash(String token) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java has it
    }
  }

  /** Whether two hashes are the same, in a time that does not tell where they differ. */
  static boolean same(String hash, String other) {
    return MessageDigest.isEqual(hash.getBytes(UTF_8), other.getBytes(UTF_8));
  }
}
