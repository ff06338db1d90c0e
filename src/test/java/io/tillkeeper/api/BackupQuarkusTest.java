package io.tillkeeper.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.simulator.Simulator;
import io.tillkeeper.storage.Backups;
import io.tillkeeper.storage.StartRefused;
import io.tillkeeper.storage.StorageConfig;
import io.tillkeeper.storage.TestDisk;
import io.tillkeeper.storage.TestStorage;
import io.tillkeeper.sync.Scene;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of the database: of one that is used, and of one that lies still. */
@QuarkusTest
@WithTestResource(TestBox.class)
class BackupQuarkusTest {

  @Inject Scene scene;
  @Inject TestClock clock;
  @Inject TestDisk disk;
  @Inject StorageConfig storage;
  Simulator odoo;
  @TempDir Path directory;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  @AfterEach
  void emptyTheDisk() {
    disk.fill(false);
  }

  private static Path backup() {
    String file = given().post("/api/v1/backups").then().statusCode(201).extract().path("file");
    return Path.of(file);
  }

  private Path restored(Path backup, String name) throws IOException {
    var to = Files.createDirectory(directory.resolve(name));
    try (var zip = new ZipInputStream(Files.newInputStream(backup))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Files.copy(zip, to.resolve(entry.getName()));
      }
    }
    return to;
  }

  private static List<String> accepted(Path restored) throws SQLException {
    var contents = new ArrayList<String>();
    try (var connection =
            DriverManager.getConnection("jdbc:h2:" + restored.resolve("queue"), "tillkeeper", "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select content from operation order by seq")) {
      while (rows.next()) {
        contents.add(rows.getString(1));
      }
    }
    return contents;
  }

  @Test
  void aCopyHoldsWhatWasAcceptedAndOnlyItsOwnerReadsIt() throws IOException, SQLException {
    Till.create(Map.of("name", "Ana")).then().statusCode(202);

    var file = backup();

    assertThat(file.getParent()).isEqualTo(storage.directory().resolve("backups"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(accepted(restored(file, "copy"))).singleElement().asString().contains("Ana");
  }

  @Test
  void aCopyOfACopyThatLiesStillIsTheSame() throws IOException, SQLException {
    Till.create(Map.of("name", "Ana")).then().statusCode(202);
    var still = restored(backup(), "still");

    var copy =
        Backups.write(TestStorage.plain(still), directory.resolve("o'clock.zip"), clock.instant());

    assertThat(copy.bytes()).isEqualTo(Files.size(copy.file())).isPositive();
    assertThat(accepted(restored(copy.file(), "again"))).isEqualTo(accepted(still));
  }

  @Test
  void whereThereIsNoDatabaseNoneIsMade() throws IOException {
    assertThatThrownBy(
            () ->
                Backups.write(
                    TestStorage.plain(directory), directory.resolve("backup.zip"), clock.instant()))
        .isInstanceOf(StartRefused.class)
        .hasMessage("There is no queue in %s (tillkeeper.storage.directory).", directory);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aCopyDoesNotUseUpTheReserve() {
    disk.fill(true);

    given()
        .post("/api/v1/backups")
        .then()
        .statusCode(507)
        .body("type", equalTo("urn:tillkeeper:problem:disk-full"));
  }
}
