package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the daemon starts and ends, and what it says when it cannot start. */
@Execution(ExecutionMode.CONCURRENT)
class StartIT {

  private static final int EX_CANTCREAT = 73;
  private static final int EX_TEMPFAIL = 75;
  private static final int EX_CONFIG = 78;
  private static final int BY_SIGTERM = 143;
  private static final Duration END_LIMIT = Duration.ofSeconds(30);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  @TempDir Path storage;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ODOO_URL     | odoo.example | tillkeeper.odoo.url must begin with http:// or https://.
          ODOO_URL     | http://a b   | tillkeeper.odoo.url has a value that it cannot have.
          ODOO_DATABASE| ''           | tillkeeper.odoo.database is missing; it is needed when tillkeeper.odoo.url is set.
          ODOO_API_KEY | ''           | tillkeeper.odoo.api-key or tillkeeper.odoo.api-key-file is missing; one is needed when tillkeeper.odoo.url is set.
          SHOP_COUNTRY | Spain        | tillkeeper.shop.country is a country code of two capital letters, such as ES.
          ODOO_TIMEOUT | soon         | tillkeeper.odoo.timeout has a value that it cannot have.
          SYNC_BATCH   | 0            | tillkeeper.sync.batch must be greater than or equal to 1.
          """)
  void aConfigurationThatCannotWorkIsNamed(String key, String value, String sentence) {
    var environment = configured();
    environment.put("TILLKEEPER_" + key, value);

    assertRefused(environment, EX_CONFIG, sentence);
    assertThat(storage).isEmptyDirectory();
  }

  /** In the binary the framework looks for them by a way of ours. */
  @Test
  void aKeyOfTheFrameworkThatNothingReadsIsNamedAndNoOther(@TempDir Path directory)
      throws IOException {
    var file =
        Files.writeString(
            directory.resolve("tillkeeper.properties"),
            """
            quarkus.http.hots=127.0.0.1
            quarkus.http.limits.max-connections=500
            quarkus.log.category."io.vertx".levle=INFO
            quarkus.log.category."io.vertx".level=INFO
            """);
    var environment = Daemon.alone(storage);
    environment.put("TILLKEEPER_CONFIG", file.toString());

    try (var daemon = Daemon.start(environment)) {
      assertThat(daemon.output())
          .filteredOn(line -> line.contains("Unrecognized"))
          .hasSize(2)
          .anyMatch(line -> line.contains("quarkus.http.hots"))
          .anyMatch(line -> line.contains("levle"));
    }
  }

  /** They are in the product, and one of them switches the protection off. */
  @ParameterizedTest
  @ValueSource(strings = {"dev", "test", "prod,dev"})
  void aProfileOfTheDevelopersIsRefused(String profile) {
    var environment = configured();
    environment.put("QUARKUS_PROFILE", profile);

    assertRefused(
        environment,
        EX_CONFIG,
        "The profile %s (QUARKUS_PROFILE, quarkus.profile) is for the development of Tillkeeper, without protection and with an Odoo that is none: set no profile."
            .formatted(profile.replace("prod,", "")));
    assertThat(storage).isEmptyDirectory();
  }

  @Test
  void aKeyFileThatCannotBeReadIsNamed() {
    var environment = configured();
    var file = storage.resolve("no-such-file");
    environment.remove("TILLKEEPER_ODOO_API_KEY");
    environment.put("TILLKEEPER_ODOO_API_KEY_FILE", file.toString());

    assertRefused(
        environment,
        EX_CONFIG,
        "tillkeeper.odoo.api-key-file, %s, cannot be read (NoSuchFileException).".formatted(file));
  }

  @Test
  void aDirectoryThatCannotBeMadeIsNamed() throws IOException {
    var directory = Files.createFile(storage.resolve("file")).resolve("directory");

    assertRefused(
        Daemon.alone(directory),
        EX_CANTCREAT,
        "Cannot write in the directory %s (tillkeeper.storage.directory): Not a directory."
            .formatted(directory));
  }

  @Test
  void aPortThatIsInUseIsNamed() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var environment = Daemon.alone(storage);
      environment.put("QUARKUS_HTTP_PORT", String.valueOf(other.getLocalPort()));

      assertRefused(
          environment,
          EX_TEMPFAIL,
          "Cannot listen on port %d of 127.0.0.1 (quarkus.http.port): is another process using it?"
              .formatted(other.getLocalPort()));
    }
  }

  @Test
  void aSecondDaemonOnTheSameDirectoryEndsAndTheFirstGoesOn() {
    try (var first = Daemon.start(Daemon.alone(storage))) {
      first.create(customer("Before"));

      assertRefused(
          Daemon.alone(storage),
          EX_TEMPFAIL,
          "Another Tillkeeper uses the directory %s (tillkeeper.storage.directory); only one can."
              .formatted(storage));

      first.create(customer("After"));
      assertThat(first.operations()).hasSize(2);
    }
  }

  private Map<String, String> configured() {
    var environment = Daemon.alone(storage);
    environment.putAll(
        Map.of(
            "TILLKEEPER_ODOO_URL", "http://127.0.0.1:9",
            "TILLKEEPER_ODOO_DATABASE", "shop",
            "TILLKEEPER_ODOO_API_KEY", "0123456789abcdef"));
    return environment;
  }

  /** The standard error is the one sentence; what the log says besides is no stack trace. */
  private static void assertRefused(
      Map<String, String> environment, int exitCode, String sentence) {
    try (var daemon = Daemon.launch(environment, List.of())) {
      var ended = daemon.awaitEnd(END_LIMIT);
      assertThat(daemon.errors()).as("%s", daemon.output()).containsExactly(sentence);
      assertThat(ended).isEqualTo(exitCode);
      assertThat(daemon.output()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  private static Map<String, ?> customer(String name) {
    return Map.of("values", Map.of("name", name));
  }

  @Test
  void aQueueIsNotSentToAnotherDatabaseUnlessThatIsTheSameOneRenamed() {
    var environment = Daemon.alone(storage);
    environment.put("TILLKEEPER_ODOO_URL", "http://127.0.0.1:1");
    environment.put("TILLKEEPER_ODOO_API_KEY", "key");
    environment.put("TILLKEEPER_ODOO_DATABASE", "shop");
    try (var daemon = Daemon.start(environment)) {
      daemon.create(customer("Kept"));
    }
    environment.put("TILLKEEPER_ODOO_DATABASE", "other");

    assertRefused(
        environment,
        78,
        ("tillkeeper.odoo.database is other, but the queue in %s belongs to shop; use another"
                + " tillkeeper.storage.directory, or set tillkeeper.odoo.renamed-from=shop if it is"
                + " the same database under a new name.")
            .formatted(storage));

    environment.put("TILLKEEPER_ODOO_RENAMED_FROM", "shop");
    try (var daemon = Daemon.start(environment)) {
      assertThat(daemon.operations()).hasSize(1);
    }
  }

  @Test
  void withoutAnOdooItAcceptsAndKeepsAndAStopLosesNothing() {
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      daemon.create(customer("Kept"));
      var status = daemon.status();
      assertThat(status.at("/link/state").asText()).isEqualTo("blocked");
      assertThat(status.at("/link/cause").asText()).isEqualTo("not-configured");
      assertThat(daemon.output()).anyMatch(line -> line.contains("has nowhere to go"));
      assertThat(status.at("/queue/pending").asInt()).isOne();

      assertThat(daemon.stop(STOP_LIMIT)).isIn(0, BY_SIGTERM);
    }
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      assertThat(daemon.operations()).hasSize(1);
      assertThat(storage).isDirectoryNotContaining(file -> file.toString().contains("trace"));
    }
  }

  @Test
  void aStopWhileACallToOdooHangsIsInTimeAndLosesNothing() {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      odoo.fault(new Fault.HangBeforeCommit(true), -1, "res.partner.load");
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        daemon.create(customer("Ana"));
        odoo.awaitHeld(1, Duration.ofSeconds(20));

        assertThat(daemon.stop(STOP_LIMIT)).isIn(0, BY_SIGTERM);
      }
      odoo.clearFaults();
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        daemon.awaitAllDelivered(Duration.ofSeconds(20));
        assertThat(odoo.partnersNamed("Ana")).hasSize(1);
      }
    }
  }

  @Test
  void withTheReserveUsedUpItRefusesToAcceptAndStillAnswers() {
    var environment = Daemon.alone(storage);
    environment.put("TILLKEEPER_STORAGE_RESERVE", "1000000G");
    try (var daemon = Daemon.start(environment)) {
      var problem = daemon.json(507, "POST", "/api/v1/customers", customer("Ana"));
      assertThat(problem.get("type").asText()).isEqualTo("urn:tillkeeper:problem:disk-full");
      assertThat(daemon.operations()).isEmpty();
      assertThat(daemon.json(200, "GET", "/api/v1/customers?query=ana", null).get("customers"))
          .isEmpty();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void itListensOnOnePortOfTheLoopbackAndNowhereElse() throws IOException {
    try (var daemon = Daemon.start(Daemon.alone(storage))) {
      assertThat(listening(daemon.handle().pid()))
          .singleElement()
          .asString()
          .endsWith("0100007F:%04X".formatted(daemon.url().getPort()));
    }
  }

  /**
   * The addresses that a process listens on, as {@code /proc} writes them: byte-swapped, in hex.
   */
  private static Set<String> listening(long pid) throws IOException {
    var sockets = new HashSet<String>();
    try (var descriptors = Files.list(Path.of("/proc", String.valueOf(pid), "fd"))) {
      for (var descriptor : descriptors.toList()) {
        if (Files.isSymbolicLink(descriptor)) {
          sockets.add(Files.readSymbolicLink(descriptor).toString());
        }
      }
    }
    var addresses = new TreeSet<String>();
    for (var table : List.of("tcp", "tcp6")) {
      for (var line : Files.readAllLines(Path.of("/proc/net", table))) {
        var columns = line.strip().split(" +");
        if (columns[3].equals("0A") && sockets.contains("socket:[" + columns[9] + "]")) {
          addresses.add(columns[1]);
        }
      }
    }
    return addresses;
  }
}
