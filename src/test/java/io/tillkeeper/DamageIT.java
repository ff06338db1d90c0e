package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The database's file is damaged at random places, or cut off, while the daemon is not there, again
 * and again; each time it starts by itself and has all that was acknowledged.
 *
 * <p>{@code -Dtillkeeper.damages=200} makes it longer, {@code -Dtillkeeper.it.seed=} repeats it.
 */
@Execution(ExecutionMode.CONCURRENT)
class DamageIT {

  private static final int DAMAGES =
      Integer.getInteger("tillkeeper.damages", Daemon.binary().isPresent() ? 8 : 3);

  private static final Duration LIMIT = Duration.ofSeconds(120);
  private static final int BLOCK = 4096;

  @TempDir Path storage;

  private final Accepted customers = new Accepted();
  private boolean encrypted;

  @Test
  void whereverTheFileIsDamagedNothingIsLostAndNothingIsDoubled() throws IOException {
    var seed = Long.getLong("tillkeeper.it.seed", System.nanoTime());
    System.out.printf("DamageIT: -Dtillkeeper.it.seed=%d -Dtillkeeper.damages=%d%n", seed, DAMAGES);
    var random = new Random(seed);
    encrypted = random.nextBoolean();
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      for (var damage = 0; damage < DAMAGES; damage++) {
        try (var daemon = startAndDeliver(odoo)) {
          customers.awaitInOdoo(odoo, daemon, LIMIT);
          if (random.nextBoolean()) {
            odoo.fault(new Fault.Refuse());
          }
          customers.offer(daemon, 5 + random.nextInt(20), random.nextInt(3_000));
          odoo.clearFaults();
          switch (random.nextInt(3)) {
            case 0 -> daemon.stop(LIMIT);
            case 1 -> daemon.kill9();
            default -> daemon.losePower(storage);
          }
        }
        damage(random);
      }
      try (var daemon = startAndDeliver(odoo)) {
        customers.awaitInOdoo(odoo, daemon, LIMIT);
        assertThat(odoo.partners()).as("seed %d", seed).hasSize(customers.count());
      }
    }
  }

  /**
   * As systemd does it. Only where the machine went, too, the file is looked through before it is
   * opened: a daemon that meets damage ends, be it where it delivers, and the next start repairs
   * it.
   */
  private Daemon startAndDeliver(Simulator odoo) {
    var daemon = start(odoo);
    try {
      Await.until(
          LIMIT,
          () -> customers.areIn(odoo) || !daemon.handle().isAlive(),
          () -> "all is in Odoo: " + daemon.allOutput());
    } catch (AssertionError late) {
      daemon.close();
      throw late;
    }
    if (daemon.handle().isAlive()) {
      return daemon;
    }
    assertThat(daemon.awaitEnd(LIMIT)).as("%s", daemon.allOutput()).isEqualTo(74);
    assertThat(daemon.allOutput()).anyMatch(line -> line.contains("not as it was written"));
    daemon.close();
    return Daemon.start(environment(odoo));
  }

  private Daemon start(Simulator odoo) {
    try {
      return Daemon.start(environment(odoo));
    } catch (AssertionError ended) {
      assertThat(ended.getMessage())
          .containsAnyOf("cannot be read and may be damaged", "not as it was written");
      return Daemon.start(environment(odoo));
    }
  }

  private Map<String, String> environment(Simulator odoo) {
    var environment = Daemon.deliveringTo(odoo, storage);
    environment.put("TILLKEEPER_STORAGE_ENCRYPTED", String.valueOf(encrypted));
    return environment;
  }

  private void damage(Random random) throws IOException {
    try (var file = new RandomAccessFile(storage.resolve("queue.mv.db").toFile(), "rw")) {
      var length = file.length();
      switch (random.nextInt(3)) {
        case 0 -> file.setLength(random.nextLong(length));
        case 1 -> {
          for (var i = 0; i < 1 + random.nextInt(200); i++) {
            file.seek(random.nextLong(length));
            file.write(random.nextInt());
          }
        }
        default -> {
          var noise = new byte[BLOCK * (1 + random.nextInt(8))];
          random.nextBytes(noise);
          file.seek(random.nextLong(length / BLOCK) * BLOCK);
          file.write(noise);
        }
      }
    }
  }
}
