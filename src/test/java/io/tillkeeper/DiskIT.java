package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The disk under the queue is full, or can only be read, or is not where it was. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "it has loop devices")
@Execution(ExecutionMode.CONCURRENT)
class DiskIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long KIBIBYTE = 1024;

  @TempDir Path directory;

  private final Accepted customers = new Accepted();

  @Test
  void aDiskThatGetsFullWhileItAcceptsLosesNothingAndItGoesOnByItself() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var disk = SmallDisk.in(directory, 16);
        var daemon = Daemon.start(onAll(odoo, disk))) {
      odoo.fault(new Fault.Refuse());
      customers.offer(daemon, 10, 2_000);
      disk.fill(64 * KIBIBYTE);
      customers.remember(daemon);

      customers.offer(daemon, 60, 8_000);

      customers.assertRefusedBecause("disk-failed", "disk-full");
      customers.assertLogIsShort(daemon, "No space left on device");
      odoo.clearFaults();
      disk.makeRoom();
      customers.offerAndExpect(daemon, 10, 2_000);
      customers.awaitInOdoo(odoo, daemon, LIMIT);
      customers.assertLogIsShort(daemon, "takes what is written to the queue's database again");
    }
  }

  @Test
  void aDiskThatGetsFullWhileADeliveryIsUnderWayDoublesNothing() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("18.0"));
        var disk = SmallDisk.in(directory, 16);
        var daemon = Daemon.start(onAll(odoo, disk))) {
      odoo.fault(new Fault.HangAfterCommit(), 1, "res.partner.load");
      customers.offer(daemon, 5, 2_000);
      odoo.awaitHeld(1, LIMIT);
      disk.fill(0);
      customers.offer(daemon, 20, 8_000);
      customers.assertRefusedBecause("disk-failed", "disk-full");
      customers.remember(daemon);
      odoo.release();
      odoo.clearFaults();

      disk.makeRoom();

      customers.awaitInOdoo(odoo, daemon, LIMIT);
      daemon.awaitAllDelivered(LIMIT);
      assertThat(odoo.partners()).hasSizeLessThanOrEqualTo(25);
    }
  }

  @Test
  void belowTheReserveNothingIsAcceptedAndWhatIsQueuedIsDelivered() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var disk = SmallDisk.in(directory, 16)) {
      var environment = onAll(odoo, disk);
      environment.put("TILLKEEPER_STORAGE_RESERVE", "4M");
      try (var daemon = Daemon.start(environment)) {
        odoo.fault(new Fault.Refuse());
        customers.offer(daemon, 20, 2_000);
        disk.fill(2 * 1024 * KIBIBYTE);
        customers.remember(daemon);
        customers.offer(daemon, 5, 2_000);
        customers.assertRefusedBecause("disk-full");
        assertThat(daemon.status().at("/storage/problem").asText()).isEqualTo("disk-full");
        odoo.clearFaults();

        daemon.awaitAllDelivered(LIMIT);

        customers.awaitInOdoo(odoo, daemon, LIMIT);
        assertThat(customers.count()).isEqualTo(20);
        disk.makeRoom();
        customers.offer(daemon, 1, 10);
        assertThat(customers.count()).isEqualTo(21);
      }
    }
  }

  @Test
  void aDiskThatCanOnlyBeReadIsSaidOnceAndAfterARepairAllIsThere() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var disk = SmallDisk.in(directory, 16)) {
      try (var daemon = Daemon.start(onAll(odoo, disk))) {
        odoo.fault(new Fault.Refuse());
        customers.offer(daemon, 20, 500);
        customers.remember(daemon);
        disk.becomeReadOnly();

        customers.offer(daemon, 20, 500);

        customers.assertRefusedBecause("disk-failed");
        customers.assertLogIsShort(daemon, "Read-only file system");
        assertThat(daemon.call("GET", "/q/health/live", null, null).statusCode()).isEqualTo(503);
        daemon.stop(LIMIT);
        assertThat(daemon.allOutput()).noneMatch(line -> line.startsWith("\tat "));
      }
      try (var refused = Daemon.launch(onAll(odoo, disk), List.of())) {
        assertThat(refused.awaitEnd(LIMIT)).isEqualTo(73);
        assertThat(refused.errors()).singleElement().asString().contains("Read-only file system");
      }
      odoo.clearFaults();
      disk.checkAndMountAgain();
      try (var daemon = Daemon.start(onAll(odoo, disk))) {
        customers.awaitInOdoo(odoo, daemon, LIMIT);
      }
    }
  }

  @Test
  void aDirectoryThatIsTakenAwayIsNoPlaceToAcceptUntilItIsBack() throws IOException {
    var storage = directory.resolve("storage");
    var away = directory.resolve("away");
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        customers.offer(daemon, 5, 100);
        customers.remember(daemon);
        Files.move(storage, away);
        customers.offer(daemon, 5, 100);
        customers.assertRefusedBecause("disk-failed");
        assertThat(daemon.status().at("/storage/freeBytes").asLong()).isZero();
        assertThat(daemon.status().at("/storage/problem").asText()).isEqualTo("disk-failed");
        assertThat(daemon.call("GET", "/q/health/ready", null, null).statusCode()).isEqualTo(503);

        // what is written now would go where the next start does not look
        Files.createDirectory(storage);
        Files.createFile(storage.resolve("queue.mv.db"));
        customers.offer(daemon, 5, 100);
        assertThat(customers.count()).isEqualTo(5);

        Files.delete(storage.resolve("queue.mv.db"));
        Files.delete(storage);
        Files.move(away, storage);
        customers.offer(daemon, 5, 100);
        assertThat(customers.count()).isEqualTo(10);
        customers.awaitInOdoo(odoo, daemon, LIMIT);
        assertThat(daemon.allOutput()).noneMatch(line -> line.startsWith("\tat "));
        daemon.stop(LIMIT);
      }
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        customers.assertInTheQueue(daemon);
      }
    }
  }

  /** It may use the disk to its end, so that the database itself meets it. */
  private static Map<String, String> onAll(Simulator odoo, SmallDisk disk) {
    var environment = Daemon.deliveringTo(odoo, disk.storage());
    environment.put("TILLKEEPER_STORAGE_RESERVE", "0");
    return environment;
  }
}
