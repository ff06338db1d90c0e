package io.tillkeeper.storage;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.jboss.logging.Logger;

/**
 * The disk does not do what the database asks of it: it is full, or read-only, or broken, or there
 * are too many open files. It is said in the log once when it begins and once when it is over; for
 * as long as it lasts each request meets it anew.
 *
 * <p>Nothing that was acknowledged is lost by it. The database closes itself, and is opened again
 * by the next who wants it.
 */
public final class DiskTrouble {

  private static final Logger LOG = Logger.getLogger(DiskTrouble.class);

  /** What the system says, without the name of a file. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "No space left on device|Read-only file system|Input/output error|Disk quota exceeded"
              + "|File too large|Too many open files|No such file or directory"
              + "|Permission denied|No such device");

  /**
   * A disk that has room for this and not for that is not to fill the log with its ups and downs.
   */
  private static final long CALM = Duration.ofMinutes(1).toNanos();

  private static volatile boolean lasts;
  private static volatile boolean damaged;
  private static volatile Runnable onDamage = () -> {};
  private static boolean said;
  private static long lastSaid = System.nanoTime() - CALM;

  private DiskTrouble() {}

  /** A file of the database cannot be written, or not be opened for that. */
  static synchronized void met(Throwable failure) {
    lasts = true;
    var now = System.nanoTime();
    if (!damaged && !said && now - lastSaid >= CALM) {
      said = true;
      lastSaid = now;
      LOG.errorf(
          "The disk does not do what the queue's database needs (%s). Nothing is accepted until it does; what was accepted is safe.",
          reason(failure));
    }
  }

  /**
   * Sees whether a failure comes from a part of the file that is not as it was written. The
   * database closes itself then too, and what fails because of that is not the disk's.
   */
  public static void lookForDamage(Throwable failure) {
    if (Damage.isOfFile(failure)) {
      damaged = true;
      lasts = true;
      onDamage.run();
    }
  }

  /**
   * A daemon begins, and has not said anything yet.
   *
   * @param reaction what is done when a part of the database's file is met that is not as it was
   *     written
   */
  static synchronized void begin(Runnable reaction) {
    onDamage = reaction;
    said = false;
    lastSaid = System.nanoTime() - CALM;
  }

  /**
   * Whether it is the disk that is behind a failure. While it is in trouble, it is behind whatever
   * fails: the layers above say only that a transaction came to nothing. So it is where it has
   * changed what it was given.
   */
  public static boolean isBehind(Throwable failure) {
    lookForDamage(failure);
    if (isDisk(failure)) {
      met(failure);
    }
    return lasts || Damage.isOfRow(failure);
  }

  /** The database has written something. */
  public static void over() {
    if (lasts) {
      sayOver();
    }
  }

  private static synchronized void sayOver() {
    lasts = false;
    damaged = false;
    if (said) {
      said = false;
      LOG.info("The disk takes what is written to the queue's database again.");
    }
  }

  /** Whether the database could not read or write, or has closed itself because of that. */
  public static boolean isDisk(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException
          || cause instanceof FileSystemException
          || cause instanceof SQLException sql && isDisk(sql.getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDisk(int code) {
    return switch (code) {
      case ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.DATABASE_IS_CLOSED,
          ErrorCode.DATABASE_CALLED_AT_SHUTDOWN ->
          true;
      default -> false;
    };
  }

  private static String reason(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var found = SYSTEM.matcher(String.valueOf(cause.getMessage()));
      if (cause instanceof IOException && found.find()) {
        return found.group();
      }
    }
    return failure.getClass().getSimpleName();
  }
}
