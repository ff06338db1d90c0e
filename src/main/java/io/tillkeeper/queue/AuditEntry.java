package io.tillkeeper.queue;

import java.time.Instant;
import java.util.HexFormat;

/**
 * Something that a person decided. It names operations and fields, and holds nothing of a customer.
 *
 * @param id its place in the trail: 1, 2, 3, without a gap
 * @param by the name that the person gave
 * @param action what it was: retry, resolve, discard, mode, erase, export, import, pair, unpair;
 *     and restore, which is nobody's decision
 * @param detail what it was about
 * @param hash over all of these and the hash of the entry before
 */
public record AuditEntry(
    long id, Instant at, String by, String action, String detail, String hash) {

  /** Characters of what it was about. */
  static final int LONGEST_DETAIL = 400;

  /** What the first entry has before it. */
  static final String NOTHING_BEFORE = "";

  static AuditEntry after(
      long lastId, String lastHash, Instant at, String by, String action, String detail) {
    var id = lastId + 1;
    return new AuditEntry(id, at, by, action, detail, hash(lastHash, id, at, by, action, detail));
  }

  /** Whether it is as it was written, and follows the one with this id and hash. */
  boolean follows(long lastId, String lastHash) {
    return id == lastId + 1 && hash.equals(hash(lastHash, id, at, by, action, detail));
  }

  /** By lines, which none of these can hold. */
  private static String hash(
      String before, long id, Instant at, String by, String action, String detail) {
    var text =
        String.join(
            "\n",
            before,
            String.valueOf(id),
            String.valueOf(at.toEpochMilli()),
            by,
            action,
            detail);
    return HexFormat.of().formatHex(Sha256.of(text));
  }
}
