package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which database is opened before all of the configuration is read. */
class EarlyOpeningTest {

  /** The number of the last operation in the database. */
  private static final int LAST = 3;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void oneToWhichNothingHasHappened(boolean encrypted) throws Exception {
    var config = new TestStorage(directory, encrypted, Optional.empty(), 0);
    make(config);

    assertThat(opensEarly(config)).isTrue();
  }

  @Test
  void oneWhoseProcessWasKilled() throws Exception {
    var config = TestStorage.encrypted(directory);
    make(config);
    mark(Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip());

    assertThat(opensEarly(config)).isTrue();
  }

  @Test
  void noneThatIsNotThere() throws Exception {
    assertThat(opensEarly(TestStorage.encrypted(directory))).isFalse();
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void noneThatMayBeDamaged() throws Exception {
    var config = TestStorage.plain(directory);
    make(config);
    mark("");

    assertThat(opensEarly(config)).isFalse();
  }

  @Test
  void noneThatIsToBeEncrypted() throws Exception {
    make(TestStorage.plain(directory));
    var files = files();

    assertThat(opensEarly(TestStorage.encrypted(directory))).isFalse();
    assertThat(files()).isEqualTo(files);
  }

  @Test
  void noneThatLacksWhatWasAccepted() throws Exception {
    var config = TestStorage.encrypted(directory);
    make(config);
    var journal = new Journal(config, new Encryption(config));
    journal.append(List.of(new byte[LAST]));
    assertThat(opensEarly(config)).isTrue();

    journal.append(List.of(new byte[LAST + 1]));
    assertThat(opensEarly(config)).isFalse();
  }

  @Test
  void noneWithoutTheNumberOfTheNextOperation() throws Exception {
    var config = TestStorage.plain(directory);
    make(config);
    change(config, "drop sequence numbers");

    assertThat(opensEarly(config)).isFalse();
  }

  @Test
  void theNumberOfTheNextOperationIsGivenOnce() throws Exception {
    var config = TestStorage.plain(directory);
    make(config);

    assertThat(opensEarly(config)).isTrue();
    assertThat(EarlyOpening.takeNumber()).hasValue(LAST + 1);
    assertThat(EarlyOpening.takeNumber()).isEmpty();
  }

  @Test
  void noneWithAnotherKey() throws Exception {
    make(TestStorage.encrypted(directory));
    var key = Files.writeString(directory.resolve("other"), "0123456789abcdef0123456789abcdef\n");
    PrivateFile.replace(key, Files.readAllBytes(key), PrivateFile.OWNER);

    assertThat(opensEarly(TestStorage.encrypted(directory).with(key))).isFalse();
  }

  @Test
  void oneThatTheConfigurationDoesNotMeanIsClosedAgain() throws Exception {
    var config = TestStorage.plain(directory);
    make(config);
    EarlyOpening.begin(() -> config, new Accepted());

    assertThat(EarlyOpening.take(QueueAccess.url(directory.resolve("elsewhere")), config))
        .isEmpty();
    assertThat(isOpen()).isFalse();
    assertThat(EarlyOpening.takeNumber()).isEmpty();
  }

  @Test
  void theAddressIsThatOfTheProduct() throws IOException {
    var product = new Properties();
    try (var file = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
      product.load(file);
    }

    assertThat(QueueAccess.url(directory))
        .isEqualTo(
            product
                .getProperty("quarkus.datasource.jdbc.url")
                .replace("${tillkeeper.storage.directory}", directory.toString()));
  }

  @Test
  void nothingIsOpenWhereTheConfigurationCannotBeRead() {
    EarlyOpening.begin(
        () -> {
          throw new IllegalArgumentException("no such directory");
        },
        new Accepted());

    assertThat(EarlyOpening.take(QueueAccess.url(directory), TestStorage.plain(directory)))
        .isEmpty();
  }

  /** As a daemon leaves it that was stopped. */
  private static void make(TestStorage config) throws IOException, SQLException {
    var encryption = new Encryption(config);
    encryption.makeKey();
    change(config, "create table there (number int)");
    change(config, "create sequence numbers start with " + (LAST + 1));
  }

  private static void change(TestStorage config, String sql) throws SQLException {
    var url = QueueAccess.url(config.directory());
    try (var connection = QueueAccess.of(url, new Encryption(config)).open(url);
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void mark(String boot) throws IOException {
    Files.writeString(directory.resolve("running"), boot);
  }

  private boolean opensEarly(TestStorage config) throws SQLException {
    EarlyOpening.begin(() -> config, new Accepted());
    var opened = EarlyOpening.take(QueueAccess.url(directory), config);
    if (opened.isEmpty()) {
      assertThat(isOpen()).isFalse();
      return false;
    }
    try (var connection = opened.get();
        var statement = connection.createStatement()) {
      return statement.execute("select number from there") && isOpen();
    }
  }

  private boolean isOpen() {
    try {
      return DurableFilePath.asItIs(directory.resolve(QueueFile.NAME)).isOpen();
    } catch (IOException e) {
      return false;
    }
  }

  private List<Path> files() throws IOException {
    try (var files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  /** Entries of the journal that are as long as their numbers, and operations up to the last. */
  private static final class Accepted implements Progress {

    @Override
    public long inDatabase(Connection connection) {
      return LAST;
    }

    @Override
    public long inJournal(byte[] entry) {
      return entry.length;
    }

    @Override
    public long takeNumber(Connection connection) throws SQLException {
      try (var statement = connection.createStatement();
          var number = statement.executeQuery("select next value for numbers")) {
        number.next();
        return number.getLong(1);
      }
    }
  }
}
