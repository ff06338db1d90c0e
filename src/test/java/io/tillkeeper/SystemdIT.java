package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the daemon tells systemd, on the socket that systemd gives a service. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "systemd is there")
class SystemdIT {

  @TempDir Path directory;

  @BeforeEach
  void theJarNeedsTheCommand() {
    assumeTrue(
        Daemon.binary().isPresent()
            || Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "systemd-notify"))),
        "the jar tells systemd by systemd-notify, which is not installed");
  }

  private Map<String, String> supervised(Map<String, String> environment) {
    environment.put("NOTIFY_SOCKET", directory.resolve("notify").toString());
    environment.put("WATCHDOG_USEC", "400000");
    return environment;
  }

  @Test
  void itIsReadyWhenItAnswersAndSaysHowItIsAndThatItLives() {
    try (var systemd = SystemdListener.on(directory.resolve("notify"));
        var odoo = Simulator.start(SimulatorOptions.odoo("19.0"));
        var daemon =
            Daemon.start(supervised(Daemon.deliveringTo(odoo, directory.resolve("storage"))))) {
      systemd.await("READY=1");
      systemd.await("STATUS=Link up, mode auto; 0 pending, 0 held.");
      systemd.await("WATCHDOG=1");

      daemon.create(Map.of("values", Map.of("name", "Held", "lang", "xx_XX")));
      systemd.await("STATUS=Link up, mode auto; 0 pending, 1 held.");

      daemon.json(202, "POST", "/api/v1/reload", Map.of());
      systemd.await("RELOADING=1");
      systemd.await("READY=1", 2);

      daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "offline"));
      daemon.create(Map.of("values", Map.of("name", "Pending")));
      systemd.await("STATUS=Link down (offline-mode), mode offline; 1 pending, 1 held.");

      daemon.stop(Duration.ofSeconds(10));
      systemd.await("STOPPING=1");
      assertThat(systemd.heard()).startsWith("READY=1");
      assertThat(systemd.heard())
          .filteredOn(line -> line.startsWith("STATUS="))
          .as("only what is new is said")
          .doesNotHaveDuplicates();
    }
  }
}
