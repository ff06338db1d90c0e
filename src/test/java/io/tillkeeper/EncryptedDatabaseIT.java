package io.tillkeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the directory of a queue that is encrypted, which is durable all the same. */
@Execution(ExecutionMode.CONCURRENT)
class EncryptedDatabaseIT {

  private static final int EX_CONFIG = 78;
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final String NAME = "Anastasia";
  private static final String BEGUN = "is being encrypted";
  private static final int BLOCK = 4096;

  @TempDir Path storage;
  @TempDir Path elsewhere;

  private Map<String, String> plain() {
    var environment = Daemon.alone(storage);
    environment.put("TILLKEEPER_STORAGE_ENCRYPTED", "false");
    return environment;
  }

  private Map<String, String> encrypted() {
    return Daemon.alone(storage);
  }

  private Path key() {
    return storage.resolve("storage-key");
  }

  private Path copyOfKey() {
    return storage.resolve("storage-key.copy");
  }

  private Path queue() {
    return storage.resolve("queue.mv.db");
  }

  private static void create(Daemon daemon) throws IOException {
    daemon.create(Map.of("values", Map.of("name", NAME)));
  }

  private static void assertThatAllAreThere(Daemon daemon, int customers) throws IOException {
    assertThat(daemon.operations())
        .hasSize(customers)
        .allSatisfy(operation -> assertThat(operation.at("/values/name").asText()).isEqualTo(NAME));
  }

  /** Where the name can be read, in a file or in one that is packed in it. */
  private List<Path> filesThatShowIt() throws IOException {
    try (var files = Files.walk(storage)) {
      return files.filter(Files::isRegularFile).filter(EncryptedDatabaseIT::showsIt).toList();
    }
  }

  private static boolean showsIt(Path file) {
    try {
      return new String(content(file), ISO_8859_1).contains(NAME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] content(Path file) throws IOException {
    if (!file.toString().endsWith(".zip")) {
      return Files.readAllBytes(file);
    }
    var content = new ByteArrayOutputStream();
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      while (zip.getNextEntry() != null) {
        zip.transferTo(content);
      }
    }
    return content.toByteArray();
  }

  /** What there is, but for the names that tell that a daemon tried. */
  private Map<Path, String> files() throws IOException {
    var files = new TreeMap<Path, String>();
    try (var all = Files.walk(storage)) {
      for (var file : all.filter(Files::isRegularFile).toList()) {
        files.put(file, new String(Files.readAllBytes(file), ISO_8859_1));
      }
    }
    return files;
  }

  private void refuses(Map<String, String> environment, String reason) throws IOException {
    var before = files();
    try (var daemon = Daemon.launch(environment, List.of())) {
      assertThat(daemon.awaitEnd(LIMIT)).isEqualTo(EX_CONFIG);
      assertThat(daemon.errors()).singleElement().asString().contains(reason);
    }
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void whatWasAcknowledgedSurvivesAKillAndIsReadNowhere() throws IOException {
    try (var daemon = Daemon.start(encrypted())) {
      create(daemon);
      daemon.json(201, "POST", "/api/v1/backups", null);
      create(daemon);
      daemon.kill9();
    }
    assertThat(filesThatShowIt()).isEmpty();
    assertThat(storage.resolve("journal")).isDirectoryContaining("glob:**.sealed");
    assertThat(key()).content().hasSizeGreaterThan(32);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");

    try (var daemon = Daemon.start(encrypted())) {
      assertThatAllAreThere(daemon, 2);
    }
  }

  @Test
  void turnedOnItEncryptsWhatIsThereAndTurnedOffItIsAsBefore() throws IOException {
    try (var daemon = Daemon.start(plain())) {
      create(daemon);
      daemon.json(201, "POST", "/api/v1/backups", null);
      create(daemon);
      daemon.stop(LIMIT);
    }
    try (var daemon = Daemon.start(plain())) {
      create(daemon);
      daemon.kill9();
    }
    var setAside = Files.createDirectory(storage.resolve("damaged")).resolve("queue-1.mv.db");
    Files.copy(queue(), setAside);
    // queue, the copy that was asked for, the one of the stop, the journal, and what was set aside
    assertThat(filesThatShowIt()).hasSizeGreaterThanOrEqualTo(5);

    try (var daemon = Daemon.start(encrypted())) {
      assertThat(daemon.allOutput()).anyMatch(line -> line.contains(BEGUN));
      assertThatAllAreThere(daemon, 3);
      assertThat(filesThatShowIt()).isEmpty();
      create(daemon);
      daemon.kill9();
    }
    try (var daemon = Daemon.start(encrypted())) {
      assertThat(daemon.allOutput()).noneMatch(line -> line.contains(BEGUN));
      assertThatAllAreThere(daemon, 4);
      daemon.kill9();
    }

    try (var daemon = Daemon.start(plain())) {
      assertThatAllAreThere(daemon, 4);
      daemon.stop(LIMIT);
    }
    Files.delete(key());
    Files.delete(copyOfKey());
    try (var daemon = Daemon.start(plain())) {
      assertThatAllAreThere(daemon, 4);
    }
  }

  @Test
  void aKillWhileItIsBeingEncryptedLosesNothing() throws IOException {
    try (var daemon = Daemon.start(plain())) {
      create(daemon);
      daemon.json(201, "POST", "/api/v1/backups", null);
      create(daemon);
      daemon.kill9();
    }
    try (var daemon = Daemon.launch(encrypted(), List.of())) {
      Await.until(
          LIMIT,
          () -> daemon.allOutput().stream().anyMatch(line -> line.contains(BEGUN)),
          () -> "it begins: " + daemon.allOutput());
      daemon.kill9();
    }
    // or it was between the journal's two forms
    var journal = onlyFile(storage.resolve("journal"));
    Files.copy(journal, elsewhere.resolve("journal"));
    try (var daemon = Daemon.start(encrypted())) {
      assertThatAllAreThere(daemon, 2);
      daemon.kill9();
    }
    Files.copy(
        elsewhere.resolve("journal"),
        storage.resolve("journal").resolve("accepted-00000001.journal"));
    damage(0);
    try (var daemon = Daemon.start(encrypted())) {
      assertThatAllAreThere(daemon, 2);
      assertThat(storage.resolve("journal")).isDirectoryNotContaining("glob:**.journal");
    }
  }

  private static Path onlyFile(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  private static void secret(Path file, String content) throws IOException {
    Files.writeString(file, content + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
  }

  private void damage(int block) throws IOException {
    try (var file = new RandomAccessFile(queue().toFile(), "rw")) {
      file.seek((long) block * BLOCK);
      file.write(new byte[2 * BLOCK]);
    }
  }

  /** Where it says that it is encrypted, and where the database's own header is. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aFileThatIsDamagedIsNotTakenForOneWithAnotherKey(int block) throws IOException {
    var credentials = Files.createDirectory(elsewhere.resolve("credentials"));
    secret(credentials.resolve("storage-key"), "0123456789abcdef".repeat(4));
    var environment = encrypted();
    environment.put("CREDENTIALS_DIRECTORY", credentials.toString());
    try (var daemon = Daemon.start(environment)) {
      create(daemon);
      daemon.stop(LIMIT);
    }
    try (var daemon = Daemon.start(environment)) {
      create(daemon);
      daemon.kill9();
    }
    assertThat(key()).doesNotExist();
    damage(block);

    try (var daemon = Daemon.start(environment)) {
      assertThat(daemon.allOutput()).anyMatch(line -> line.contains("database was damaged"));
      assertThatAllAreThere(daemon, 2);
      assertThat(filesThatShowIt()).isEmpty();
    }
  }

  @Test
  void withAnotherKeyOrWithoutNothingIsOpenedAndNothingChanged() throws IOException {
    var another = elsewhere.resolve("another");
    secret(another, "another-key-that-nobody-used-before");
    var withAnother = encrypted();
    withAnother.put("TILLKEEPER_STORAGE_KEY_FILE", another.toString());
    // after a lost power the file is looked through, and would be taken for a damaged one
    try (var daemon = Daemon.start(encrypted())) {
      create(daemon);
      daemon.losePower(storage);
    }
    refuses(withAnother, "encrypted with another key than that of " + another);

    var kept = Files.move(key(), elsewhere.resolve("kept"));
    Files.delete(copyOfKey());
    refuses(encrypted(), key() + ", is not there");
    refuses(plain(), key() + ", is not there");
    Files.setPosixFilePermissions(another, PosixFilePermissions.fromString("rw-r--r--"));
    refuses(withAnother, "can be read by everybody");

    Files.move(kept, key());
    try (var daemon = Daemon.start(encrypted())) {
      assertThatAllAreThere(daemon, 1);
      daemon.kill9();
    }

    // a block of it that the disk has lost
    Files.write(key(), new byte[64]);
    try (var daemon = Daemon.start(encrypted())) {
      assertThat(daemon.allOutput()).anyMatch(line -> line.contains("made anew from"));
      assertThatAllAreThere(daemon, 1);
    }
    assertThat(key()).hasSameTextualContentAs(copyOfKey());
  }

  @Test
  void aCopyIsTakenAndPutBackWithoutTheDaemon() throws IOException {
    try (var daemon = Daemon.start(encrypted())) {
      create(daemon);
      daemon.kill9();
    }
    var copy = elsewhere.resolve("copy.zip");
    var backup = CommandRun.of(encrypted(), "backup", "--into", copy.toString());
    assertThat(backup.exitCode()).as(backup.errors()).isZero();
    assertThat(backup.output()).contains("of no use without the key, that of " + key());
    assertThat(new String(content(copy), ISO_8859_1)).doesNotContain(NAME);
    Files.delete(queue());

    assertThat(CommandRun.of(encrypted(), "restore", copy.toString()).exitCode()).isZero();

    try (var daemon = Daemon.start(encrypted())) {
      assertThatAllAreThere(daemon, 1);
    }
  }
}
