package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Right;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The commands of the product, as a person and a script meet them. */
@Execution(ExecutionMode.CONCURRENT)
class CommandLineIT {

  private static final int OK = 0;
  private static final int NOT_WELL = 1;
  private static final int EX_USAGE = 64;
  private static final int EX_UNAVAILABLE = 69;
  private static final int EX_CANTCREAT = 73;
  private static final int EX_CONFIG = 78;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path storage;

  @Test
  void theConfigurationIsCheckedWithoutTouchingAnything() throws IOException {
    var state = storage.resolve("state");
    var good = CommandRun.of(Daemon.alone(state), "config", "check");
    assertThat(good).isEqualTo(new CommandRun(OK, "The configuration is good.\n", ""));
    assertThat(state).doesNotExist();

    var wrong = Daemon.alone(state);
    wrong.put("TILLKEEPER_ODOO_URL", "shop.example");
    assertThat(CommandRun.of(wrong, "config", "check"))
        .isEqualTo(
            new CommandRun(
                EX_CONFIG,
                "",
                """
                tillkeeper.odoo.url must begin with http:// or https://.
                tillkeeper.odoo.database is missing; it is needed when tillkeeper.odoo.url is set.
                tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file is missing; one is needed when tillkeeper.odoo.url is set.
                """));

    wrong.put("TILLKEEPER_SYNC_BATCH", "0");
    wrong.put("TILLKEEPER_SHOP_COUNTRY", "Spain");
    assertThat(CommandRun.of(wrong, "config", "check").errors().lines())
        .containsExactlyInAnyOrder(
            "tillkeeper.sync.batch must be greater than or equal to 1.",
            "tillkeeper.shop.country is a country code of two capital letters, such as ES.");

    var json = CommandRun.of(wrong, "config", "check", "--json");
    assertThat(json.exitCode()).isEqualTo(EX_CONFIG);
    assertThat(json.json().path("good").asBoolean()).isFalse();
    assertThat(json.json().path("problems")).hasSize(2);
  }

  @Test
  void aConfigurationFileIsForTheCommandsAndForTheDaemon() throws IOException {
    var file = storage.resolve("box, with a comma.properties");
    Files.writeString(file, "tillkeeper.shop.country=Spain\n");
    var named =
        CommandRun.of(Daemon.alone(storage), "--config", file.toString(), "config", "check");
    assertThat(named.errors()).isEmpty(); // the environment of the test goes before the file

    var environment = Daemon.alone(storage);
    environment.remove("TILLKEEPER_SHOP_COUNTRY");
    var sentence =
        "tillkeeper.shop.country is a country code of two capital letters, such as ES.\n";
    assertThat(CommandRun.of(environment, "config", "check", "--config", file.toString()))
        .isEqualTo(new CommandRun(EX_CONFIG, "", sentence));
    assertThat(CommandRun.of(environment, "--config", file.toString()).errors())
        .isEqualTo(sentence);
    environment.put("TILLKEEPER_CONFIG", file.toString());
    assertThat(CommandRun.of(environment).errors()).isEqualTo(sentence);

    var none = storage.resolve("none.properties");
    assertThat(CommandRun.of(environment, "config", "check", "--config", none.toString()))
        .isEqualTo(
            new CommandRun(
                EX_CONFIG, "", "The configuration file %s does not exist.\n".formatted(none)));
  }

  @Test
  void aKeyThatOthersOnTheBoxCanReadIsRefused() throws IOException {
    var environment = Daemon.alone(storage.resolve("state"));
    for (var arguments : List.of(new String[] {}, new String[] {"config", "check"})) {
      try (var run =
          Daemon.launchWithProperty(
              environment, "tillkeeper.odoo.api-key=0123456789abcdef", arguments)) {
        assertThat(run.awaitEnd(LIMIT)).isEqualTo(EX_CONFIG);
        assertThat(run.allOutput())
            .singleElement()
            .asString()
            .startsWith("tillkeeper.odoo.api-key is set on the command line (-D)");
      }
    }

    var file = storage.resolve("box.properties");
    Files.writeString(file, "tillkeeper.odoo.api-key=0123456789abcdef\n");
    environment.put("TILLKEEPER_CONFIG", file.toString());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    for (var arguments : List.of(new String[] {}, new String[] {"config", "check"})) {
      var run = CommandRun.of(environment, arguments);
      assertThat(run.exitCode()).isEqualTo(EX_CONFIG);
      assertThat(run.errors())
          .startsWith(file + ", which holds tillkeeper.odoo.api-key, can be read")
          .hasLineCount(1);
    }
    var doctor = CommandRun.of(environment, "doctor", "--json");
    assertThat(doctor.output()).contains("which holds tillkeeper.odoo.api-key");
    assertThat(storage.resolve("state")).doesNotExist();

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(CommandRun.of(environment, "config", "check").exitCode()).isEqualTo(OK);
  }

  @Test
  void theKeyMayBeTheCredentialThatSystemdHandsOver() throws IOException {
    var environment = Daemon.alone(storage);
    environment.put("TILLKEEPER_ODOO_URL", "http://127.0.0.1:9");
    environment.put("TILLKEEPER_ODOO_DATABASE", "shop");
    environment.put("CREDENTIALS_DIRECTORY", storage.toString());
    var credential = storage.resolve("odoo-api-key");

    Files.writeString(credential, "");
    assertThat(CommandRun.of(environment, "config", "check").errors())
        .startsWith("tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file is missing");

    Files.writeString(credential, "0123456789abcdef\n");
    assertThat(CommandRun.of(environment, "config", "check").exitCode()).isEqualTo(OK);
  }

  @Test
  void withoutADaemonOneSentenceSaysWhatToDo() {
    var environment = Daemon.alone(storage);
    environment.put("QUARKUS_HTTP_PORT", "1");
    for (var command : List.of("status", "operations", "sync", "mode")) {
      var run = CommandRun.of(environment, command);
      assertThat(run.exitCode()).isEqualTo(EX_UNAVAILABLE);
      assertThat(run.errors())
          .startsWith("No Tillkeeper answers at http://127.0.0.1:1: start it with")
          .hasLineCount(1);
    }
  }

  @Test
  void whatIsNotUnderstoodIsSaidInOneSentence() {
    var run = CommandRun.of(Daemon.alone(storage), "stats");

    assertThat(run)
        .isEqualTo(
            new CommandRun(
                EX_USAGE,
                "",
                "There is no command 'stats'. Did you mean 'status'? 'tillkeeper --help' tells what there is.\n"));
    assertThat(CommandRun.of(Map.of(), "--version").output()).matches("Tillkeeper \\d+\\..*\n");
  }

  @Test
  void aDayAtTheTill() {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      odoo.fault(new Fault.Refuse());
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        var url = daemon.url().toString();
        daemon.create(Map.of("values", Map.of("name", "Ana Díaz", "lang", "xx_XX")));
        awaitCause(daemon, "refused");

        var down = tillkeeper("status", "--url", url);
        assertThat(down.exitCode()).isEqualTo(OK);
        assertThat(down.lines().getFirst())
            .isEqualTo("1 operation is safe on this box, and sent when the line is back.");
        assertThat(down.output())
            .contains("[refused]", "The Odoo server does not accept connections.");
        assertThat(tillkeeper("status", "--json", "--url", url).json().at("/queue/pending").asInt())
            .isOne();

        odoo.clearFaults();
        assertThat(tillkeeper("sync", "--url", url).output()).isEqualTo("It is being tried.\n");
        awaitHeld(daemon);
        assertThat(tillkeeper("status", "--url", url).exitCode()).isEqualTo(NOT_WELL);
        var list = tillkeeper("operations", "--state", "held", "--url", url);
        assertThat(list.lines().getLast()).contains("held", "create", "Ana Díaz", "rejected: ");
        assertThat(tillkeeper("operations", "1", "--url", url).output())
            .contains("Decide by: tillkeeper retry 1 --set ");

        var retried = tillkeeper("retry", "1", "--set", "lang=en_US", "--by", "Eva", "--url", url);
        assertThat(retried).isEqualTo(new CommandRun(OK, "Operation 1 is pending now.\n", ""));
        daemon.awaitAllDelivered(LIMIT);
        assertThat(odoo.partnersNamed("Ana Díaz")).hasSize(1);
        assertThat(tillkeeper("status", "--url", url).lines().getFirst())
            .isEqualTo("Everything is delivered.");
        assertThat(tillkeeper("operations", "show", "1", "--url", url).output())
            .contains("retried (corrected) by Eva");

        var refused = tillkeeper("discard", "1", "--reason", "typo", "--url", url);
        assertThat(refused)
            .isEqualTo(
                new CommandRun(
                    EX_USAGE,
                    "",
                    "Only a held operation can be decided on; this one is delivered.\n"));
        assertThat(tillkeeper("operations", "99", "--url", url).errors())
            .isEqualTo("There is no operation with this id.\n");
      }
    }
  }

  @Test
  void theModeIsSaidAndSet() {
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      var url = daemon.url().toString();
      assertThat(tillkeeper("mode", "--url", url).output()).isEqualTo("auto\n");
      assertThat(tillkeeper("mode", "offline", "--url", url).output()).isEqualTo("offline\n");
      assertThat(daemon.status().path("mode").asText()).isEqualTo("offline");
      assertThat(tillkeeper("mode", "airplane", "--url", url))
          .isEqualTo(
              new CommandRun(
                  EX_USAGE, "", "'airplane' is no mode: it is auto, offline or online-only.\n"));
    }
  }

  @Test
  void aWatchShowsEachChangeAndWaitsForADaemonThatRestarts() throws IOException {
    var environment = new HashMap<>(Daemon.alone(storage));
    Process watch;
    var lines = new CopyOnWriteArrayList<String>();
    var daemon = Daemon.start(environment);
    try {
      environment.put("QUARKUS_HTTP_PORT", String.valueOf(daemon.url().getPort()));
      watch = Daemon.process(environment, List.of(), "status", "--watch", "--json").start();
    } catch (IOException e) {
      daemon.close();
      throw e;
    }
    try {
      Thread.ofVirtual().start(() -> collect(watch.inputReader(), lines));
      awaitPending(lines, 0);
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      awaitPending(lines, 1);
      daemon.kill9();
      daemon.close();
      daemon = Daemon.start(environment);
      daemon.create(Map.of("values", Map.of("name", "Eva")));
      awaitPending(lines, 2);
    } finally {
      watch.destroyForcibly();
      daemon.close();
    }
  }

  @Test
  void theDoctorFindsWhatDoesNotWorkAndWhatDoes() throws IOException {
    Files.setPosixFilePermissions(storage, PosixFilePermissions.fromString("rwx------"));
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      var environment = Daemon.deliveringTo(odoo, storage);
      environment.put("QUARKUS_HTTP_PORT", "1");
      var well = CommandRun.of(environment, "doctor");
      assertThat(well.exitCode()).as("%s", well).isEqualTo(OK);
      assertThat(well.lines())
          .contains(
              "ok       configuration  The configuration is good; there is no file of it.",
              "warning  daemon         The daemon does not answer at http://127.0.0.1:1.",
              "ok       key            Odoo accepts the API key.",
              "ok       rights         The user of the key may read, create and change partners.");
      assertThat(storage).isEmptyDirectory();

      odoo.revoke(Right.CREATE);
      var forbidden = CommandRun.of(environment, "doctor", "--json");
      assertThat(forbidden.exitCode()).isEqualTo(NOT_WELL);
      assertThat(forbidden.json().path("errors").asInt()).isOne();
      assertThat(forbidden.output()).doesNotContain(odoo.apiKey());
    }
    var dead = Daemon.alone(storage);
    dead.put("TILLKEEPER_ODOO_URL", "http://127.0.0.1:9");
    dead.put("TILLKEEPER_ODOO_DATABASE", "shop");
    dead.put("TILLKEEPER_ODOO_API_KEY", "0123456789abcdef");
    dead.put("QUARKUS_HTTP_PORT", "1");
    var refused = CommandRun.of(dead, "doctor");
    assertThat(refused.exitCode()).isEqualTo(NOT_WELL);
    assertThat(refused.output())
        .contains("error    connection     The Odoo server does not accept connections.")
        .contains(
            "warning  configuration  Every program on this machine may call the daemon, without a token.")
        .contains("1 error, 2 warnings.");
  }

  @Test
  void aSupportBundleHoldsWhatHelpsAndNoCustomerAndNoSecret() throws IOException {
    var secrets = List.of("Canaryname", "canary.mail", "34612987654", "canarykey", "Canarytown");
    var options =
        SimulatorOptions.odoo("18.0")
            .withAccess(
                "shop", "canary.mail@example.com", "canarykey0123456789abcdef0123456789abcde");
    try (var odoo = Simulator.start(options)) {
      odoo.fault(
          new Fault.OdooException("odoo.exceptions.ValidationError", "Canaryname is refused"),
          -1,
          "res.partner.load");
      var environment = Daemon.deliveringTo(odoo, storage);
      try (var daemon = Daemon.start(environment)) {
        daemon.create(
            Map.of(
                "values",
                Map.of(
                    "name",
                    "Canaryname",
                    "email",
                    "canary.mail@example.com",
                    "phone",
                    "+34612987654",
                    "city",
                    "Canarytown"),
                "cashier",
                "Canaryname",
                "till",
                "Canarytown"));
        awaitHeld(daemon);
        var file = storage.resolve("bundle.zip");
        var run =
            CommandRun.of(
                environment,
                "support-bundle",
                "--into",
                file.toString(),
                "--url",
                daemon.url().toString());

        assertThat(run.exitCode()).as("%s", run).isEqualTo(OK);
        var parts = unzipped(file);
        assertThat(parts)
            .containsKeys(
                "system.txt", "status.json", "health.json", "metrics.txt", "doctor.json", "log.txt")
            .hasEntrySatisfying(
                "operations-held.json", text -> assertThat(text).contains("\"id\" : 1", "rejected"))
            .hasEntrySatisfying(
                "configuration.txt",
                text ->
                    assertThat(text)
                        .contains("tillkeeper.odoo.api-key=***", "tillkeeper.shop.country=ES"))
            .hasEntrySatisfying("status.json", text -> assertThat(text).contains("\"held\" : 1"));
        assertThat(parts.toString()).doesNotContainIgnoringCase(secrets.toArray(String[]::new));
        assertThat(Files.getPosixFilePermissions(file))
            .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        var again =
            CommandRun.of(
                environment,
                "support-bundle",
                "--into",
                file.toString(),
                "--url",
                daemon.url().toString());
        assertThat(again.exitCode()).isEqualTo(EX_CANTCREAT);
      }
    }
  }

  @Test
  void theQueueIsCopiedWithTheDaemonAndWithoutIt() throws IOException {
    var environment = Daemon.alone(storage.resolve("state"));
    var file = storage.resolve("copy.zip");
    try (var daemon = Daemon.start(environment)) {
      daemon.create(Map.of("values", Map.of("name", "Ana")));
      var url = daemon.url().toString();
      var beside = CommandRun.of(environment, "backup", "--json", "--url", url).json();
      assertThat(Path.of(beside.path("file").asText())).exists();
      var run = CommandRun.of(environment, "backup", "--into", file.toString(), "--url", url);
      assertThat(run.output()).startsWith("The queue is copied to %s (".formatted(file));
      assertThat(unzipped(file)).containsOnlyKeys("queue.mv.db");
      daemon.stop(LIMIT);
    }
    environment.put("QUARKUS_HTTP_PORT", "1");
    var alone = CommandRun.of(environment, "backup", "--into", file.toString());
    assertThat(alone.exitCode()).as("%s", alone).isEqualTo(OK);
    var beside = CommandRun.of(environment, "backup");
    assertThat(beside.output()).contains(storage.resolve("state/backups/queue-").toString());

    environment.put("QUARKUS_HTTP_PORT", "0");
    environment.put("TILLKEEPER_STORAGE_DIRECTORY", storage.resolve("restored").toString());
    var restored = Files.createDirectory(storage.resolve("restored"));
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      Files.copy(zip, restored.resolve(zip.getNextEntry().getName()));
    }
    Files.copy(storage.resolve("state/storage-key"), restored.resolve("storage-key"));
    try (var daemon = Daemon.start(environment)) {
      assertThat(daemon.operations()).hasSize(1);
    }

    var none = Daemon.alone(storage.resolve("none"));
    none.put("QUARKUS_HTTP_PORT", "1");
    assertThat(CommandRun.of(none, "backup").exitCode()).isNotEqualTo(OK);
    assertThat(storage.resolve("none")).doesNotExist();
  }

  @Test
  void aCopyTakesThePlaceOfTheQueueAndTheJournalCompletesIt() throws IOException {
    var environment = Daemon.alone(storage.resolve("state"));
    var copy = storage.resolve("copy.zip");
    try (var daemon = Daemon.start(environment)) {
      daemon.create(Map.of("values", Map.of("name", "In the copy")));
      var url = daemon.url().toString();
      CommandRun.of(environment, "backup", "--into", copy.toString(), "--url", url);
      daemon.create(Map.of("values", Map.of("name", "After the copy")));

      var running = CommandRun.of(environment, "restore", copy.toString());
      assertThat(running.exitCode()).isEqualTo(75);
      assertThat(running.errors()).contains("stop it first");
      assertThat(daemon.operations()).hasSize(2);
      daemon.stop(LIMIT);
    }
    var noCopy = Files.writeString(storage.resolve("other.zip"), "no copy");
    assertThat(CommandRun.of(environment, "restore", noCopy.toString()).errors())
        .contains("nothing was changed");

    var run = CommandRun.of(environment, "restore", copy.toString());

    assertThat(run.exitCode()).as("%s", run).isEqualTo(OK);
    assertThat(run.output()).contains(copy.toString());
    try (var daemon = Daemon.start(environment)) {
      assertThat(daemon.operations()).hasSize(2);
      assertThat(daemon.status().at("/storage/setAside")).hasSize(1);
      daemon.stop(LIMIT);
    }
    assertThat(CommandRun.of(environment, "restore", "--json").json().path("file").asText())
        .as("the newest")
        .startsWith(storage.resolve("state/backups/").toString());
    var none = CommandRun.of(Daemon.alone(storage.resolve("none")), "restore");
    assertThat(none.errors()).contains("There is no copy");
  }

  private static Map<String, String> unzipped(Path file) throws IOException {
    var parts = new HashMap<String, String>();
    try (var zip = new ZipInputStream(Files.newInputStream(file))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        parts.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return parts;
  }

  private static void collect(BufferedReader from, List<String> lines) {
    from.lines().forEach(lines::add);
  }

  private static void awaitPending(List<String> lines, int pending) {
    Await.until(
        LIMIT,
        () ->
            lines.stream()
                .map(CommandLineIT::parsed)
                .anyMatch(status -> status.at("/queue/pending").asInt(-1) == pending),
        () -> pending + " pending in " + lines);
  }

  private static JsonNode parsed(String line) {
    try {
      return Daemon.JSON.readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  private static CommandRun tillkeeper(String... arguments) {
    return CommandRun.of(Map.of(), arguments);
  }

  private static void awaitCause(Daemon daemon, String cause) {
    Await.until(
        LIMIT,
        () -> daemon.status().at("/link/cause").asText().equals(cause),
        () -> "the link is " + cause + ": " + daemon.status());
  }

  private static void awaitHeld(Daemon daemon) {
    Await.until(
        LIMIT,
        () -> daemon.status().at("/queue/held").asInt() == 1,
        () -> "one is held: " + daemon.status() + daemon.allOutput());
  }
}
