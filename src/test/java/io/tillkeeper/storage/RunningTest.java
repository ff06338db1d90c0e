package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  void andTheNextOneBeginsAnew() {
    daemon.started(new StartupEvent());
    new Running(TestStorage.plain(directory)).began();

    assertThat(Running.onlyProcessEnded(directory)).isFalse();
  }
}
