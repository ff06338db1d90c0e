package io.tillkeeper.storage;

import java.sql.SQLException;
import java.util.Optional;
import org.h2.api.ErrorCode;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;

/**
 * The database's file makes no sense where it is read. The file is looked through, which takes
 * long, only where the machine may have lost its power; so a start may be the first to find that it
 * is damaged. It then ends, and leaves the mark of one that ended in the middle: the next start
 * looks through the file and repairs it.
 */
public final class Damage {

  private static final int EX_IOERR = 74;

  private Damage() {}

  /** Whether it may be what a failure comes from. */
  public static boolean mayBeBehind(Throwable failure) {
    return sqlCause(failure).filter(Damage::mayBe).isPresent();
  }

  /** Whether a row was met that is not as it was written. */
  public static boolean isOfRow(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RowDamaged
          || cause instanceof SQLException sql
              && sql.getErrorCode() == ErrorCode.CHECK_CONSTRAINT_VIOLATED_1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a part of the file was met that is not as it was written. A disk that is full, gone or
   * read-only says something else.
   */
  static boolean isOfFile(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof MVStoreException store && isOfFile(store.getErrorCode())) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOfFile(int code) {
    return switch (code) {
      case DataUtils.ERROR_FILE_CORRUPT,
          DataUtils.ERROR_CHUNK_NOT_FOUND,
          DataUtils.ERROR_BLOCK_NOT_FOUND,
          DataUtils.ERROR_SERIALIZATION ->
          true;
      default -> false;
    };
  }

  private static boolean mayBe(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.FILE_CORRUPTED_1,
          ErrorCode.GENERAL_ERROR_1,
          ErrorCode.IO_EXCEPTION_1,
          ErrorCode.IO_EXCEPTION_2,
          ErrorCode.WRONG_USER_OR_PASSWORD,
          ErrorCode.OUT_OF_MEMORY, // where a length is not as it was written
          ErrorCode.ROW_NOT_FOUND_IN_PRIMARY_INDEX,
          ErrorCode.ROW_NOT_FOUND_WHEN_DELETING_1,
          ErrorCode.CHECK_CONSTRAINT_VIOLATED_1 ->
          true;
      default -> isOfItsData(e) || isOfItsNames(e);
    };
  }

  /** A value is of another kind than its column's. */
  private static boolean isOfItsData(SQLException e) {
    return String.valueOf(e.getSQLState()).startsWith("22");
  }

  /** A table or a column has another name; or what a definition names is gone, or there twice. */
  private static boolean isOfItsNames(SQLException e) {
    return switch (e.getErrorCode()) {
      case ErrorCode.DOMAIN_NOT_FOUND_1,
          ErrorCode.DOMAIN_ALREADY_EXISTS_1,
          ErrorCode.SEQUENCE_NOT_FOUND_1,
          ErrorCode.SEQUENCE_ALREADY_EXISTS_1,
          ErrorCode.CONSTRAINT_NOT_FOUND_1,
          ErrorCode.CONSTRAINT_ALREADY_EXISTS_1,
          ErrorCode.SCHEMA_NOT_FOUND_1,
          ErrorCode.USER_NOT_FOUND_1,
          ErrorCode.USER_OR_ROLE_NOT_FOUND_1,
          ErrorCode.ROLE_NOT_FOUND_1 ->
          true;
      default -> String.valueOf(e.getSQLState()).startsWith("42");
    };
  }

  /** What is said when a start has found it. */
  public static StartRefused found() {
    return new StartRefused(
        "The queue's database cannot be read and may be damaged: the next start looks through it, and repairs it.",
        EX_IOERR);
  }

  /** The layers above wrap what H2 says. */
  static Optional<SQLException> sqlCause(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() != 0) {
        return Optional.of(sql);
      }
    }
    return Optional.empty();
  }
}
