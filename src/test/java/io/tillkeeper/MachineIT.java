package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The machine under the daemon is short of something, or its clock jumps, or it has no network. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it has the commands for that")
@Execution(ExecutionMode.CONCURRENT)
class MachineIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration YEARS = Duration.ofDays(3 * 365);

  @TempDir Path directory;

  private final Accepted customers = new Accepted();

  private Path storage() {
    return directory.resolve("storage");
  }

  @Test
  void aClockThatIsSetBackByYearsStopsNothing() throws IOException {
    var watch = TestWatch.in(directory);
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      odoo.fault(new Fault.Refuse());
      watch.set(YEARS);
      var environment = watch.worn(Daemon.deliveringTo(odoo, storage()));
      environment.put("TILLKEEPER_STORAGE_BACKUP_EVERY", "1s");
      try (var daemon = Daemon.start(environment)) {
        customers.offer(daemon, 5, 10);
        awaitCopy(1, daemon);
        var copies = newestCopy();

        watch.set(Duration.ZERO);
        odoo.clearFaults();

        customers.awaitInOdoo(odoo, daemon, LIMIT);
        awaitCopy(copies + 1, daemon);
        customers.offer(daemon, 1, 10);
        customers.awaitInOdoo(odoo, daemon, LIMIT);
      }
    }
  }

  @Test
  void whatWasAcceptedWithAClockThatWasAheadIsDeliveredAfterAStartWithARightOne()
      throws IOException {
    var watch = TestWatch.in(directory);
    try (var odoo = Simulator.start(SimulatorOptions.odoo("18.0"))) {
      odoo.fault(new Fault.Refuse());
      watch.set(YEARS);
      try (var daemon = Daemon.start(watch.worn(Daemon.deliveringTo(odoo, storage())))) {
        customers.offer(daemon, 5, 10);
        daemon.kill9();
      }
      odoo.clearFaults();
      watch.set(Duration.ZERO);
      try (var daemon = Daemon.start(watch.worn(Daemon.deliveringTo(odoo, storage())))) {
        customers.awaitInOdoo(odoo, daemon, LIMIT);
        watch.set(YEARS.multipliedBy(3));
        customers.offer(daemon, 5, 10);
        customers.awaitInOdoo(odoo, daemon, LIMIT);
        assertThat(daemon.operations()).hasSize(10);
      }
    }
  }

  private long newestCopy() throws IOException {
    var copies = storage().resolve("backups");
    if (!Files.isDirectory(copies)) {
      return 0;
    }
    try (var files = Files.list(copies)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("regular-\\d+\\.zip"))
          .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
          .max()
          .orElse(0);
    }
  }

  private void awaitCopy(long number, Daemon daemon) {
    Await.until(
        LIMIT,
        () -> {
          try {
            return newestCopy() >= number;
          } catch (IOException e) {
            return false; // one is just being removed
          }
        },
        () -> "the database is copied: " + daemon.allOutput());
  }

  @Test
  void withoutDescriptorsItRefusesNobodyForGoodAndGoesOnWhenThereAreSome() throws IOException {
    assumeTrue(
        Daemon.binary().isPresent(),
        "a JVM needs descriptors for the classes that it loads on the way, and may lack one to close a connection with");
    var most = 120;
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var daemon =
            Daemon.launch(
                Daemon.deliveringTo(odoo, storage()),
                List.of("prlimit", "--nofile=%d:%d".formatted(most, most)))) {
      daemon.awaitReady();
      assertThat(daemon.output()).anyMatch(line -> line.contains("may open " + most + " files"));
      customers.offer(daemon, 5, 10);
      var listeners = new ArrayList<Socket>();
      var watch = new DaemonWatch(daemon);
      var atRest = watch.descriptors();
      listen(daemon, listeners, 30);
      customers.awaitInOdoo(odoo, daemon, LIMIT);
      customers.remember(daemon);
      try {
        listen(daemon, listeners, most);
        offerInVain(daemon);
      } finally {
        close(listeners);
      }
      awaitDescriptors(watch, (atRest + most) / 2, daemon);
      customers.offer(daemon, 5, 10);
      assertThat(customers.count()).isEqualTo(10);
      customers.awaitInOdoo(odoo, daemon, LIMIT);
      assertThat(daemon.allOutput()).noneMatch(line -> line.startsWith("\tat "));
    }
  }

  private static void close(List<Socket> listeners) throws IOException {
    for (var listener : listeners) {
      listener.close();
    }
    listeners.clear();
  }

  private static void awaitDescriptors(DaemonWatch watch, int fewerThan, Daemon daemon) {
    Await.until(
        LIMIT,
        () -> watch.descriptors() < fewerThan,
        () ->
            "the connections are closed, %d descriptors are open: %s"
                .formatted(watch.descriptors(), daemon.allOutput()));
  }

  /** Who has a connection is answered, but it may be that the client opens a new one. */
  private static void offerInVain(Daemon daemon) {
    try {
      daemon.call(
          "POST", "/api/v1/customers", Map.of("values", Map.of("name", "In vain, perhaps")), null);
    } catch (IOException notAnswered) {
      // and so not acknowledged
    }
  }

  private static void listen(Daemon daemon, List<Socket> listeners, int count) throws IOException {
    var request =
        ("GET /api/v1/feed HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    for (var i = 0; i < count; i++) {
      var listener = new Socket(daemon.url().getHost(), daemon.url().getPort());
      listeners.add(listener);
      listener.getOutputStream().write(request);
    }
  }

  @Test
  void aProcessWithoutMemoryGoesOnOrEndsAndLosesNothing() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      odoo.fault(new Fault.Refuse());
      var environment = Daemon.deliveringTo(odoo, storage());
      environment.put("JAVA_TOOL_OPTIONS", "-Xmx" + (Daemon.binary().isPresent() ? "20m" : "40m"));
      try (var daemon = Daemon.start(environment)) {
        offerUntilItEnds(daemon);
        // what systemd's watchdog does with one that does not get on
        daemon.kill9();
      }
      odoo.clearFaults();
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage()))) {
        customers.assertInTheQueue(daemon);
        customers.awaitInOdoo(odoo, daemon, LIMIT);
      }
    }
  }

  /** Large customers, as many as it takes, and searches that read all of them. */
  private void offerUntilItEnds(Daemon daemon) {
    try {
      for (var round = 0; round < 12; round++) {
        customers.offer(daemon, 10, 100_000);
        daemon.call("GET", "/api/v1/operations?limit=500", null, null);
      }
    } catch (IOException ended) {
      // or does not answer, which is the same to a till
    }
  }

  @Test
  void aBoxWithoutNetworkIsServedAll() throws IOException {
    var environment = Daemon.alone(storage());
    environment.putAll(
        Map.of(
            "TILLKEEPER_ODOO_URL", "https://odoo.example",
            "TILLKEEPER_ODOO_DATABASE", "shop",
            "TILLKEEPER_ODOO_LOGIN", "till",
            "TILLKEEPER_ODOO_API_KEY", "0123456789abcdef"));
    try {
      Machine.run(List.of("unshare", "--user", "--map-root-user", "--net", "true"));
    } catch (IOException e) {
      Machine.missing(e);
    }
    // without even a loopback that is up, until the daemon has begun
    var inside =
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--net",
            "sh",
            "-c",
            "ip link set lo up; exec \"$@\"",
            "sh");
    try (var daemon = Daemon.launch(environment, inside)) {
      Await.until(
          LIMIT,
          () -> daemon.output().stream().anyMatch(line -> line.contains("Listening on")),
          () -> "it starts: " + daemon.allOutput());
      var created =
          call(
              daemon,
              "-X",
              "POST",
              "-H",
              "Content-Type: application/json",
              "-d",
              "{\"values\": {\"name\": \"Ana\"}}",
              address(daemon, "/api/v1/customers"));
      assertThat(created).contains("\"durable\":true");
      Await.until(
          LIMIT,
          () -> {
            var status = call(daemon, address(daemon, "/api/v1/status"));
            return status.contains("\"no-network\"") && status.contains("\"pending\":1");
          },
          () -> call(daemon, address(daemon, "/api/v1/status")));
      assertThat(daemon.allOutput()).noneMatch(line -> line.startsWith("\tat "));
      daemon.stop(LIMIT);
    }
    try (var daemon = Daemon.start(Daemon.alone(storage()))) {
      assertThat(daemon.operations()).hasSize(1);
    }
  }

  /** Each of its lookups would take minutes. */
  @Test
  void aBoxWhoseOwnNameIsKnownToNoServerThatAnswersStartsAndIsSpokenTo(@TempDir Path etc)
      throws IOException {
    Files.writeString(etc.resolve("hosts"), "127.0.0.1 localhost\n");
    Files.writeString(
        etc.resolve("resolv.conf"), "nameserver 10.9.9.9\noptions timeout:30 attempts:5\n");
    // a cable to nobody: what is sent along it arrives, and nothing comes back
    var inside =
        List.of(
            "unshare",
            "--user",
            "--map-root-user",
            "--mount",
            "--net",
            "sh",
            "-e",
            "-c",
            """
            ip link set lo up
            ip link add here type veth peer name there
            ip address add 10.9.9.1/24 dev here
            ip link set here up
            ip link set there up
            ip neighbour add 10.9.9.9 lladdr 02:00:00:00:00:01 dev here
            mount --bind %1$s/hosts /etc/hosts
            mount --bind %1$s/resolv.conf /etc/resolv.conf
            exec "$@"
            """
                .formatted(etc),
            "sh");
    try {
      var trial = new ArrayList<>(inside);
      trial.add("true");
      Machine.run(trial);
    } catch (IOException e) {
      Machine.missing(e);
    }
    try (var daemon = Daemon.launch(Daemon.alone(storage()), inside)) {
      Await.until(
          LIMIT,
          () -> daemon.output().stream().anyMatch(line -> line.contains("Listening on")),
          () -> "it starts: " + daemon.allOutput());
      assertThat(call(daemon, address(daemon, "/q/health/live"))).contains("\"UP\"");
      daemon.stop(LIMIT);
    }
  }

  private static String address(Daemon daemon, String path) {
    return daemon.output().stream()
        .filter(line -> line.contains("Listening on: "))
        .map(line -> line.substring(line.indexOf("http://")).strip() + path)
        .findFirst()
        .orElseThrow();
  }

  /** From within its network, which nobody else can reach. */
  private static String call(Daemon daemon, String... arguments) {
    var command =
        new ArrayList<>(
            List.of(
                "nsenter",
                "--user",
                "--preserve-credentials",
                "--net",
                "--target=" + daemon.handle().pid(),
                "curl",
                "--silent",
                "--max-time",
                "10"));
    command.addAll(List.of(arguments));
    try {
      return Machine.run(command);
    } catch (IOException e) {
      throw new AssertionError(daemon.allOutput().toString(), e);
    }
  }

  @Test
  void aStopInTheMiddleOfAFlushLosesAndDoublesNothing() throws IOException {
    var slow = SimulatorOptions.odoo("19.0").withProcessingTime(Duration.ofMillis(150));
    try (var odoo = Simulator.start(slow)) {
      odoo.fault(new Fault.Refuse());
      var environment = Daemon.deliveringTo(odoo, storage());
      environment.put("TILLKEEPER_SYNC_BATCH", "10");
      try (var daemon = Daemon.start(environment)) {
        customers.offer(daemon, 120, 10);
        odoo.clearFaults();
        daemon.json(202, "POST", "/api/v1/sync", null);
        Await.until(
            LIMIT, () -> odoo.partners().size() >= 20, () -> "it sends: " + daemon.allOutput());
        daemon.stop(Duration.ofSeconds(20));
        assertThat(odoo.partners()).hasSizeLessThan(120);
        assertThat(daemon.allOutput()).noneMatch(line -> line.startsWith("\tat "));
      }
      assertThat(newestCopy()).as("a copy is made at the stop").isPositive();
      try (var daemon = Daemon.start(environment)) {
        customers.awaitInOdoo(odoo, daemon, LIMIT);
        assertThat(odoo.partners()).hasSize(120);
      }
    }
  }
}
