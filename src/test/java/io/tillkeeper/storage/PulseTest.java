package io.tillkeeper.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownEvent;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is done regularly, and the end of it. */
class PulseTest {

  private static final Duration NOW = Duration.ofNanos(1);
  private static final Duration NEVER = Duration.ofDays(1);

  private final Pulse pulse = new Pulse();
  private final ShutdownEvent end = new ShutdownEvent();

  /** The database is closed after that, which the work would take for a fault. */
  @Test
  void aStopWaitsForWhatIsUnderWay() throws Exception {
    var begun = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    var ended = new CompletableFuture<Boolean>();
    pulse.every(
        NEVER,
        NOW,
        () -> {
          begun.countDown();
          await(mayEnd);
          ended.complete(true);
        });
    await(begun);

    pulse.stop(end);
    var stopped =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                pulse.stopped(end);
                return ended.isDone();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    mayEnd.countDown();

    assertThat(stopped.get(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStopDoesNotWaitForWhatWasToBeDoneLater() throws InterruptedException {
    var done = new CountDownLatch(1);
    var late = new CountDownLatch(1);
    pulse.once(NOW, done::countDown);
    pulse.once(Duration.ofMillis(500), late::countDown);
    await(done);

    pulse.stop(end);
    pulse.stopped(end);
    assertThat(late.getCount()).isOne();
  }

  @Test
  void whatFailedIsDoneAgain() throws InterruptedException {
    var thrice = new CountDownLatch(3);
    pulse.every(
        Duration.ofMillis(50),
        NOW,
        () -> {
          thrice.countDown();
          if (thrice.getCount() == 2) {
            throw new OutOfMemoryError("for a moment");
          }
          throw new IllegalStateException("a fault");
        });

    await(thrice);
    pulse.stop(end);
    pulse.stopped(end);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
