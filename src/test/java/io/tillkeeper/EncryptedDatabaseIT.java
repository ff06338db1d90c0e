package io.tillkeeper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A queue whose file is encrypted by the database, which is durable all the same. */
@Execution(ExecutionMode.CONCURRENT)
class EncryptedDatabaseIT {

  private static final int EX_IOERR = 74;
  private static final String NAME = "Anastasia";

  @TempDir Path storage;

  private Map<String, String> encryptedWith(String key) {
    var environment = Daemon.alone(storage);
    environment.put(
        "QUARKUS_DATASOURCE_JDBC_URL",
        "jdbc:h2:durable:%s/queue;CIPHER=AES;WRITE_DELAY=0;TRACE_LEVEL_FILE=0;DB_CLOSE_ON_EXIT=FALSE"
            .formatted(storage));
    environment.put("QUARKUS_DATASOURCE_PASSWORD", key + " owner");
    return environment;
  }

  @Test
  void whatWasAcknowledgedSurvivesAKillAndIsNotReadInTheFile() throws IOException {
    try (var daemon = Daemon.start(encryptedWith("key"))) {
      daemon.create(Map.of("values", Map.of("name", NAME)));
      daemon.kill9();
    }
    var file = Files.readAllBytes(storage.resolve("queue.mv.db"));
    assertThat(new String(file, StandardCharsets.ISO_8859_1)).doesNotContain(NAME);

    try (var daemon = Daemon.start(encryptedWith("key"))) {
      assertThat(daemon.operations())
          .singleElement()
          .satisfies(
              operation -> assertThat(operation.at("/values/name").asText()).isEqualTo(NAME));
    }
  }

  @Test
  void anotherKeyOpensNothingAndChangesNothing() throws IOException {
    try (var daemon = Daemon.start(encryptedWith("key"))) {
      daemon.create(Map.of("values", Map.of("name", NAME)));
      daemon.stop(Duration.ofSeconds(10));
    }
    var before = Files.readAllBytes(storage.resolve("queue.mv.db"));

    try (var daemon = Daemon.launch(encryptedWith("another"), List.of())) {
      assertThat(daemon.awaitEnd(Duration.ofSeconds(60))).isEqualTo(EX_IOERR);
      assertThat(daemon.errors())
          .singleElement()
          .asString()
          .startsWith("Cannot open the queue in " + storage);
    }
    assertThat(Files.readAllBytes(storage.resolve("queue.mv.db"))).isEqualTo(before);
  }
}
