package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.LogLines;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.ErrorCode;
import org.h2.message.DbException;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A part of the file that cannot be read while the daemon runs, and a disk that is in trouble. */
class DamageTest {

  private final AtomicInteger met = new AtomicInteger();
  private final LogLines log = new LogLines(DiskTrouble.class);

  @BeforeEach
  void listen() {
    log.listen();
    DiskTrouble.begin(met::incrementAndGet);
  }

  @AfterEach
  void forget() {
    log.close();
    DiskTrouble.begin(() -> {});
    DiskTrouble.over();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        DataUtils.ERROR_FILE_CORRUPT,
        DataUtils.ERROR_CHUNK_NOT_FOUND,
        DataUtils.ERROR_BLOCK_NOT_FOUND,
        DataUtils.ERROR_SERIALIZATION
      })
  void isToldOnceOfAPartThatIsNotAsItWasWritten(int code) {
    assertThat(DiskTrouble.isBehind(thrown(code))).isTrue();
    assertThat(met).hasValue(1);
  }

  /** H2 executes the definitions that it finds in the file, and believes the lengths. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        ErrorCode.DOMAIN_NOT_FOUND_1,
        ErrorCode.SEQUENCE_NOT_FOUND_1,
        ErrorCode.CONSTRAINT_ALREADY_EXISTS_1,
        ErrorCode.TABLE_OR_VIEW_NOT_FOUND_1,
        ErrorCode.COLUMN_NOT_FOUND_1,
        ErrorCode.OUT_OF_MEMORY
      })
  void mayBeBehindADefinitionThatNamesWhatIsNotThereOrALengthWithoutEnd(int code) {
    assertThat(Damage.mayBeBehind(DbException.get(code, "HELD_REASON").getSQLException())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {ErrorCode.DATABASE_ALREADY_OPEN_1, ErrorCode.FILE_VERSION_ERROR_1})
  void isNotBehindADatabaseThatIsInUseOrOfANewerH2(int code) {
    assertThat(Damage.mayBeBehind(DbException.get(code, "queue").getSQLException())).isFalse();
  }

  @Test
  void theDiskIsNotBlamedForDamageOrForTheDatabaseThatClosesItselfThen() {
    DiskTrouble.isBehind(thrown(DataUtils.ERROR_FILE_CORRUPT));
    assertThat(DiskTrouble.isBehind(thrown(DataUtils.ERROR_CLOSED))).isTrue();

    assertThat(log.heard()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        DataUtils.ERROR_WRITING_FAILED,
        DataUtils.ERROR_READING_FAILED,
        DataUtils.ERROR_CLOSED
      })
  void aDiskThatIsInTroubleIsNoDamage(int code) {
    assertThat(DiskTrouble.isBehind(thrown(code))).isTrue();
    assertThat(met).hasValue(0);
  }

  @Test
  void anotherFaultIsNone() {
    assertThat(DiskTrouble.isBehind(new IllegalStateException(new IOException("no route"))))
        .isFalse();
    assertThat(met).hasValue(0);
  }

  /** As the layers above hand it on. */
  private static RuntimeException thrown(int code) {
    var store = new MVStoreException(code, "what was found");
    var sql = DbException.get(ErrorCode.GENERAL_ERROR_1, store, "what was found").getSQLException();
    return new IllegalStateException("the transaction came to nothing", sql);
  }
}
