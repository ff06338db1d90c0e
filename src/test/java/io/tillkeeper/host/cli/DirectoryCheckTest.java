package io.tillkeeper.host.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.odoo.Finding;
import io.tillkeeper.odoo.Finding.Level;
import io.tillkeeper.storage.TestStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryCheckTest {

  @TempDir Path folder;

  @Test
  void aDirectoryOfOnesOwnWithRoomIsWell() throws IOException {
    rights("rwx------");

    assertThat(check(folder, 1))
        .allSatisfy(finding -> assertThat(finding.level()).isEqualTo(Level.OK))
        .extracting(Finding::subject)
        .containsExactly("directory", "space", "encryption");
  }

  @Test
  void aDirectoryThatEverybodyMayReadIsAWarning() throws IOException {
    rights("rwxr-xr-x");

    var finding = check(folder, 1).getFirst();

    assertThat(finding.level()).isEqualTo(Level.WARNING);
    assertThat(finding.hint()).contains("chmod 700");
  }

  @Test
  void lessRoomThanTheReserveIsAnError() {
    assertThat(check(folder, Long.MAX_VALUE / 8))
        .filteredOn(finding -> finding.subject().equals("space"))
        .extracting(Finding::level)
        .containsExactly(Level.ERROR);
  }

  @Test
  void whatIsNotThereOrNoDirectoryIsSaid() throws IOException {
    assertThat(check(folder.resolve("none"), 1))
        .singleElement()
        .extracting(Finding::level)
        .isEqualTo(Level.WARNING);
    var file = Files.createFile(folder.resolve("file"));
    assertThat(check(file, 1)).singleElement().extracting(Finding::level).isEqualTo(Level.ERROR);
    assertThat(folder).isDirectoryNotContaining("glob:**none");
  }

  @Test
  void aQueueThatIsNotYetAsTheConfigurationWantsItIsAWarning() throws IOException {
    Files.writeString(folder.resolve("queue.mv.db"), "H:2,block:2");

    var plain = new DirectoryCheck(TestStorage.plain(folder)).run().getLast();
    var wanted = new DirectoryCheck(TestStorage.encrypted(folder)).run().getLast();

    assertThat(plain.level()).isEqualTo(Level.OK);
    assertThat(plain.sentence()).contains("not encrypted");
    assertThat(wanted.level()).isEqualTo(Level.WARNING);
    assertThat(wanted.hint()).contains("restart");
  }

  private void rights(String rights) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(rights));
  }

  private static List<Finding> check(Path directory, long reserve) {
    return new DirectoryCheck(TestStorage.plain(directory).keeping(reserve)).run();
  }
}
