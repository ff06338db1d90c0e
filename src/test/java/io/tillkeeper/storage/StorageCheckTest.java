package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.storage.StorageCheck.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageCheckTest {

  @TempDir Path directory;
  private final List<Optional<Fault>> told = new ArrayList<>();
  private TestDisk disk;
  private StorageCheck check;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(directory.resolve(QueueFile.NAME), "the queue");
    var config = TestStorage.plain(directory).keeping(1);
    disk = new TestDisk(config);
    var file = new OpenedFile(config);
    file.started(new StartupEvent());
    check = new StorageCheck(disk, file, () -> told.add(check.fault()));
  }

  @Test
  void aDiskThatFillsUpIsToldOnceAndThatThereIsRoomAgain() {
    check.look();
    disk.fill(true);
    check.look();
    check.look();
    disk.fill(false);
    check.look();

    assertThat(told).containsExactly(Optional.of(Fault.FULL), Optional.empty());
  }

  @Test
  void aFileThatSomebodyHasMovedIsTold() throws IOException {
    Files.move(directory.resolve(QueueFile.NAME), directory.resolve("elsewhere"));
    disk.fill(true);

    check.look();

    assertThat(told).containsExactly(Optional.of(Fault.MOVED));
  }
}
