package io.tillkeeper;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.simulator.SimulatorOptions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database's file is damaged, as a disk that wears out does it. */
@Execution(ExecutionMode.CONCURRENT)
class RepairIT {

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int BLOCK = 4096;

  @TempDir Path storage;

  @Test
  void whatWasAcceptedBeforeAndAfterTheLastCopyIsDeliveredOnce() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      try (var daemon = Daemon.start(offline(odoo))) {
        create(daemon, "Before the copy");
        daemon.stop(LIMIT);
      }
      String ref;
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        daemon.awaitAllDelivered(LIMIT);
        create(daemon, "Delivered after the copy");
        daemon.awaitAllDelivered(LIMIT);
        daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "offline"));
        ref = create(daemon, "Not delivered");
        daemon.json(
            202, "PATCH", "/api/v1/customers/" + ref, Map.of("values", Map.of("zip", "36201")));
        daemon.losePower(storage);
      }
      damage();

      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        assertThat(daemon.allOutput()).anyMatch(line -> line.contains("database was damaged"));
        daemon.json(200, "PUT", "/api/v1/mode", Map.of("mode", "auto"));
        daemon.awaitAllDelivered(LIMIT);
        assertThat(daemon.operations()).extracting(each -> each.get("id").asInt()).hasSize(4);
        assertThat(daemon.status().at("/storage/setAside")).hasSize(1);
        create(daemon, "After the repair");
        daemon.awaitAllDelivered(LIMIT);
      }
      assertThat(
              Stream.of(
                  "Before the copy",
                  "Delivered after the copy",
                  "Not delivered",
                  "After the repair"))
          .allSatisfy(name -> assertThat(odoo.partnersNamed(name)).hasSize(1));
      assertThat(odoo.partnersNamed("Not delivered").getFirst().value("zip")).isEqualTo("36201");
    }
  }

  @Test
  void withoutAnyCopyTheJournalHasAll() throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("18.0"))) {
      try (var daemon = Daemon.start(offline(odoo))) {
        for (var customer = 1; customer <= 30; customer++) {
          create(daemon, "Customer " + customer);
        }
        daemon.kill9();
      }
      damage();

      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        daemon.awaitAllDelivered(LIMIT);
        assertThat(daemon.operations()).hasSize(30);
      }
      for (var customer = 1; customer <= 30; customer++) {
        assertThat(odoo.partnersNamed("Customer " + customer)).hasSize(1);
      }
      // what was damaged is kept
      try (var aside = Files.list(storage.resolve("damaged"))) {
        assertThat(aside.toList()).hasSize(1);
      }
    }
  }

  @Test
  void aFileThatIsAsItWasLongAgoOrGoneIsNotTakenForTheQueue() throws IOException {
    var file = storage.resolve("queue.mv.db");
    var before = storage.resolve("before");
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      try (var daemon = Daemon.start(offline(odoo))) {
        create(daemon, "Customer 1");
        daemon.stop(LIMIT);
      }
      Files.copy(file, before);
      try (var daemon = Daemon.start(offline(odoo))) {
        create(daemon, "Customer 2");
        daemon.stop(LIMIT);
      }
      // whole, and opened without a word
      Files.move(before, file, StandardCopyOption.REPLACE_EXISTING);
      try (var daemon = Daemon.start(offline(odoo))) {
        assertThat(daemon.operations()).hasSize(2);
        assertThat(daemon.allOutput()).anyMatch(line -> line.contains("lacked what was accepted"));
        create(daemon, "Customer 3");
        daemon.kill9();
      }
      Files.delete(file);
      try (var daemon = Daemon.start(Daemon.deliveringTo(odoo, storage))) {
        daemon.awaitAllDelivered(LIMIT);
        assertThat(daemon.operations()).hasSize(3);
      }
      for (var customer = 1; customer <= 3; customer++) {
        assertThat(odoo.partnersNamed("Customer " + customer)).hasSize(1);
      }
    }
  }

  /** After a stop the file is not looked through: it is seen when the operation is to be sent. */
  @ParameterizedTest
  @CsvSource({"Ana Castro, Ana Casto!", "CREATE, CREATF"})
  void whatTheDiskHasChangedSinceItWasAcceptedIsNotWrittenToOdoo(String text, String by)
      throws IOException {
    try (var odoo = Simulator.start(SimulatorOptions.odoo("19.0"))) {
      try (var daemon = Daemon.start(plain(offline(odoo)))) {
        create(daemon, "Ana Castro");
        create(daemon, "Pilar Costa");
        daemon.stop(LIMIT);
      }
      replace(text, by);
      try (var daemon = Daemon.start(plain(Daemon.deliveringTo(odoo, storage)))) {
        assertThat(daemon.awaitEnd(LIMIT)).isEqualTo(74);
        assertThat(daemon.allOutput()).anyMatch(line -> line.contains("not as it was written"));
      }

      try (var daemon = Daemon.start(plain(Daemon.deliveringTo(odoo, storage)))) {
        daemon.awaitAllDelivered(LIMIT);
      }
      assertThat(odoo.partnersNamed("Ana Castro")).hasSize(1);
      assertThat(odoo.partnersNamed("Pilar Costa")).hasSize(1);
      assertThat(odoo.partners()).hasSize(2);
    }
  }

  /** In the rows, and not in what defines the tables. */
  private void replace(String text, String by) throws IOException {
    var file = storage.resolve("queue.mv.db");
    var inRows = Pattern.compile("(?<![' ])%s(?![' ])".formatted(text));
    var bytes = inRows.matcher(Files.readString(file, ISO_8859_1));
    assertThat(bytes.find()).isTrue();
    Files.writeString(file, bytes.replaceAll(by), ISO_8859_1);
  }

  private static Map<String, String> plain(Map<String, String> environment) {
    environment.put("TILLKEEPER_STORAGE_ENCRYPTED", "false");
    return environment;
  }

  private Map<String, String> offline(Simulator odoo) {
    var environment = Daemon.deliveringTo(odoo, storage);
    environment.put("TILLKEEPER_ODOO_URL", "http://127.0.0.1:1");
    return environment;
  }

  private static String create(Daemon daemon, String name) {
    return daemon.create(Map.of("values", Map.of("name", name))).at("/customer/ref").asText();
  }

  /** All but the first blocks, which say what kind of file it is. */
  private void damage() throws IOException {
    var noise = new byte[BLOCK];
    new Random(1).nextBytes(noise);
    try (var file = new RandomAccessFile(storage.resolve("queue.mv.db").toFile(), "rw")) {
      for (var at = 2L * BLOCK; at < file.length(); at += BLOCK) {
        file.seek(at);
        file.write(noise);
      }
    }
  }
}
