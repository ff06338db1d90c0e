package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a daemon that ended in the middle leaves of how it ended. */
class RunningTest {

  @TempDir Path directory;
  private Running daemon;

  @BeforeEach
  void begin() {
    daemon = new Running(TestStorage.plain(directory));
    daemon.began();
  }

  /** What the whole process believes of the disk. */
  @AfterEach
  void forgetTrouble() {
    DiskTrouble.over();
  }

  @Test
  void whoStopsLeavesNothing() {
    daemon.started(new StartupEvent());
    daemon.stopped(new ShutdownEvent());

    assertThat(Running.isMarked(directory)).isFalse();
    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }

  @Test
  void whoEndsWhileItStartsMayHaveMetDamage() {
    assertThat(Running.isMarked(directory)).isTrue();
    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }

  @Test
  void ofWhoEndsInTheMiddleOnlyTheProcessEnded() {
    daemon.started(new StartupEvent());

    assertThat(Running.isMarked(directory)).isTrue();
    assertThat(Running.onlyProcessEnded(directory)).isTrue();
  }

  @Test
  void unlessTheMachineWasBootedSince() throws IOException {
    daemon.started(new StartupEvent());
    Files.writeString(directory.resolve("running"), "8f6c0d0e-1b7b-4f2a-9d53-0a4b7c9f3e21");

    assertThat(Running.isMarked(directory)).isTrue();
    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }

  @Test
  void unlessItDidNotTrustItsDatabase() {
    daemon.started(new StartupEvent());
    daemon.doubt();

    assertThat(Running.isMarked(directory)).isTrue();
    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }

  @Test
  void unlessTheDiskDidNotTakeAWrite() throws IOException {
    daemon.started(new StartupEvent());
    var name = directory.resolve(QueueFile.NAME).toString();
    try (var full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE);
        var file = new DurableFile(full, name, closed -> {})) {
      assertThatThrownBy(() -> file.write(ByteBuffer.allocate(1), 0))
          .hasMessageContaining("No space left");
    }

    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }

  @Test
  void andTheNextOneBeginsAnew() {
    daemon.started(new StartupEvent());
    new Running(TestStorage.plain(directory)).began();

    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }
}
