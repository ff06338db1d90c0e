package io.tillkeeper.odoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.tillkeeper.odoo.KeyRenewal.Failed;
import io.tillkeeper.odoo.KeyRenewal.Reason;
import io.tillkeeper.odoo.KeyRenewal.Renewed;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import io.tillkeeper.simulator.SimulatorOptions.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the key ends, and its renewal, broken off at each of its steps. */
class KeyCareTest {

  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");
  private static final Instant IN_10_DAYS = NOW.plus(Duration.ofDays(10));
  private static final Instant IN_90_DAYS = NOW.plus(Duration.ofDays(90));
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String GENERATE = "res.users.apikeys.generate";
  private static final String REVOKE = "res.users.apikeys.revoke";
  private static final String TRY = "res.users.context_get";

  @TempDir Path directory;
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private Simulator odoo = start("19.0", new Keys(IN_10_DAYS, true));
  private Path file = Path.of("unset");

  private Simulator start(String version, Keys keys) {
    return Simulator.start(
        SimulatorOptions.odoo(version)
            .withAccess("shop", "sync", TestConfig.KEY)
            .withClock(now::get)
            .withKeys(keys));
  }

  private void restart(String version, Keys keys) {
    odoo.close();
    odoo = start(version, keys);
  }

  @BeforeEach
  void writeKey() throws IOException {
    file = Files.writeString(directory.resolve("key"), TestConfig.KEY + "\nof the till\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
  }

  @AfterEach
  void stop() {
    odoo.close();
  }

  @ParameterizedTest
  @CsvSource({"16.0, false", "17.0, false", "18.0, true", "19.0, true"})
  void theEndOfTheKeyIsKnownWhereOdooTells(String version, boolean told) {
    restart(version, new Keys(IN_10_DAYS, false));

    assertThat(expiry()).isEqualTo(told ? Optional.of(IN_10_DAYS) : Optional.empty());
  }

  @Test
  void aKeyForEverHasNoEnd() {
    restart("19.0", new Keys(null, false));

    assertThat(expiry()).isEmpty();
  }

  @Test
  void ofSeveralKeysTheNewestOfThisBoxElseTheOneThatEndsFirstIsTaken() {
    odoo.makeKey("Of another program", NOW.plusSeconds(60));
    odoo.makeKey("For ever", null);
    assertThat(expiry()).contains(NOW.plusSeconds(60));
    now.set(NOW.plusSeconds(60));
    assertThat(expiry()).as("one that has ended is not in use").contains(IN_10_DAYS);

    odoo.makeKey(KeyBook.nameHere(), IN_10_DAYS.plusSeconds(1));
    odoo.makeKey(KeyBook.nameHere(), IN_10_DAYS.plusSeconds(2));
    odoo.makeKey(KeyBook.nameHere() + "-2", IN_10_DAYS.plusSeconds(3));
    assertThat(expiry()).contains(IN_10_DAYS.plusSeconds(2));
  }

  @Test
  void whereOdooDoesNotShowTheKeysNothingIsKnown() {
    odoo.fault(
        new Fault.OdooException("odoo.exceptions.AccessError", "No."),
        -1,
        "res.users.apikeys.search_read");

    assertThat(expiry()).isEmpty();
  }

  @Test
  void aRenewedKeyTakesThePlaceOfTheOldOneWhichIsRevoked() throws IOException {
    assertThat(renew(90))
        .isEqualTo(new Renewed(new KeyPlace(KeyPlace.Kind.FILE, file), IN_90_DAYS, null));

    assertThat(odoo.keyNames()).containsExactly(KeyBook.nameHere());
    assertThat(keyInFile()).isNotEqualTo(TestConfig.KEY);
    assertThat(file).content().endsWith("\nof the till\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertWorksAndNothingIsLeft();
    assertThat(expiry()).contains(IN_90_DAYS);

    assertThat(renew(30)).as("and again").isInstanceOf(Renewed.class);
    assertThat(odoo.keyNames()).containsExactly(KeyBook.nameHere());
  }

  @Test
  void aLinkToTheFileStaysOne() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("link"), file);

    assertThat(renew(link, 90)).isInstanceOf(Renewed.class);

    assertThat(link).isSymbolicLink();
    assertWorksAndNothingIsLeft();
  }

  @Test
  void whatARenewalThatWasKilledHasLeftIsGoneAfterTheNext() throws IOException {
    Files.writeString(directory.resolve(".key.123.new"), "a key of that time\n");

    assertThat(renew(90)).isInstanceOf(Renewed.class);

    assertWorksAndNothingIsLeft();
  }

  @Test
  void howFarAheadIsForOdoosClockToSay() {
    try (KeyCare care = new KeyCare(config(file), "1", () -> NOW.plus(Duration.ofDays(400)))) {
      assertThat(care.renew(90)).isInstanceOf(Renewed.class);
    }
  }

  @Test
  void whatOdooRefusesIsSaidInItsWordsAndNothingChanges() {
    refused(renew(91), "You cannot exceed 90.0 days.", "--days");
    for (int i = 0; i < 9; i++) {
      odoo.makeKey("Key " + i, null);
    }
    refused(
        renew(90),
        "Limit of 10 API keys is reached for programmatic creation",
        "a user may have 10 keys");
    restart("19.0", new Keys(IN_10_DAYS, false));
    refused(
        renew(90), "Programmatic API keys are not enabled", "base.enable_programmatic_api_keys");
  }

  @ParameterizedTest
  @ValueSource(strings = {"16.0", "17.0", "18.0"})
  void anOdooThatMakesNoKeysIsNotAskedForOne(String version) {
    restart(version, new Keys(IN_10_DAYS, true));

    refused(renew(90), "Odoo " + version + " makes no keys", "by hand");
    assertThat(odoo.calls(GENERATE)).isZero();
  }

  private void refused(KeyRenewal renewal, String words, String hint) {
    assertThat(failed(renewal, Reason.ODOO).sentence()).contains(words);
    assertThat(failed(renewal, Reason.ODOO).hint()).contains(hint);
    assertThat(keyInFile()).isEqualTo(TestConfig.KEY);
    assertWorksAndNothingIsLeft();
  }

  @Test
  void aKeyInTheConfigurationIsNotRenewed() {
    try (KeyCare care = new KeyCare(TestConfig.of(odoo.url()), "1", now::get)) {
      assertThat(care.place().kind()).isEqualTo(KeyPlace.Kind.CONFIGURATION);
      assertThat(failed(care.renew(90), Reason.PLACE).hint())
          .contains("tillkeeper.odoo.api-key-file");
    }
    assertThat(odoo.calls()).isEmpty();
  }

  @Test
  void whereTheFileCannotBeMadeOdooIsNotAsked() throws IOException {
    Path nowhere = directory.resolve("missing/key");

    assertThat(failed(renew(nowhere, 90), Reason.FILE).sentence())
        .contains("Odoo was not asked", nowhere.toString());

    assertThat(odoo.calls()).isEmpty();
  }

  @Test
  void aFileThatCannotBeReplacedAfterAllHasTheNewKeyRevoked() throws Exception {
    Path away = directory.resolve("away");
    odoo.fault(new Fault.HangAfterCommit(), 1, GENERATE);
    CompletableFuture<KeyRenewal> renewal = CompletableFuture.supplyAsync(() -> renew(90));
    odoo.awaitHeld(1, PATIENCE);
    Files.move(file, away);
    Files.createDirectory(file);
    odoo.release();

    assertThat(failed(renewal.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), Reason.FILE).sentence())
        .contains("cannot be written", "The new key was revoked again.");

    assertThat(odoo.keyNames()).containsExactly("Till");
    Files.delete(file);
    Files.move(away, file);
    assertWorksAndNothingIsLeft();
  }

  @Test
  void aNewKeyThatDoesNotWorkIsRevokedAgain() {
    odoo.fault(new Fault.WrongKey(), 1, TRY);

    assertThat(failed(renew(90), Reason.ODOO).sentence())
        .contains("does not accept the key that it made", "The new key was revoked again.");

    assertThat(odoo.keyNames()).containsExactly("Till");
    assertThat(keyInFile()).isEqualTo(TestConfig.KEY);
    assertWorksAndNothingIsLeft();
  }

  @ParameterizedTest
  @CsvSource({
    GENERATE + ", BEFORE_COMMIT",
    GENERATE + ", AFTER_COMMIT",
    TRY + ", BEFORE_COMMIT",
    REVOKE + ", BEFORE_COMMIT",
    REVOKE + ", AFTER_COMMIT"
  })
  void aLinkThatIsLostOnTheWayLeavesAKeyThatWorks(String call, Fault.Moment moment) {
    odoo.fault(new Fault.Cut(moment, Fault.Manner.RESET), 1, call);

    KeyRenewal renewal = renew(90);

    switch (renewal) {
      case Failed failed -> {
        assertThat(call).isNotEqualTo(REVOKE);
        assertThat(failed.reason()).isEqualTo(Reason.LINK);
        assertThat(failed.sentence()).contains("The key that was in use stays");
        assertThat(keyInFile()).isEqualTo(TestConfig.KEY);
      }
      case Renewed renewed -> {
        assertThat(call).isEqualTo(REVOKE);
        assertThat(renewed.leftOver()).isNotNull();
        assertThat(keyInFile()).isNotEqualTo(TestConfig.KEY);
      }
    }
    odoo.clearFaults();
    assertWorksAndNothingIsLeft();
    assertThat(renew(90)).as("and it can be done again").isInstanceOf(Renewed.class);
  }

  @Test
  void theKeyInUseIsKnownWhereTheOldOneWasLeft() {
    odoo.fault(new Fault.OdooException("odoo.exceptions.AccessDenied", "No."), 1, REVOKE);

    assertThat(renew(90))
        .asInstanceOf(type(Renewed.class))
        .extracting(Renewed::leftOver)
        .isEqualTo("Odoo says: No.");

    assertThat(odoo.keyNames()).containsExactly("Till", KeyBook.nameHere());
    assertThat(expiry()).contains(IN_90_DAYS);
  }

  private KeyRenewal renew(int days) {
    return renew(file, days);
  }

  private KeyRenewal renew(Path of, int days) {
    try (KeyCare care = new KeyCare(config(of), "1", now::get)) {
      KeyRenewal renewal = care.renew(days);
      assertThat(renewal.toString()).doesNotContain(TestConfig.KEY);
      return renewal;
    }
  }

  private Optional<Instant> expiry() {
    try (KeyCare care = new KeyCare(config(file), "1", now::get)) {
      return care.expiry();
    }
  }

  private TestConfig config(Path of) {
    return TestConfig.of(odoo.url()).withKeyFile(of);
  }

  private static Failed failed(@Nullable KeyRenewal renewal, Reason reason) {
    assertThat(renewal).isInstanceOf(Failed.class);
    assertThat(((Failed) renewal).reason()).as("%s", renewal).isEqualTo(reason);
    return (Failed) renewal;
  }

  private String keyInFile() {
    try {
      return Files.readAllLines(file).getFirst();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void assertWorksAndNothingIsLeft() {
    Connector connector = new Connector(config(file), "1");
    try (connector;
        Stream<Path> files = Files.list(directory)) {
      assertThat(new KeyBook(connector.connection()).isAccepted()).isTrue();
      assertThat(files.map(path -> path.getFileName().toString()))
          .isSubsetOf(List.of("key", "link"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
