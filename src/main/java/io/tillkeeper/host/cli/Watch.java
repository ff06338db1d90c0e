package io.tillkeeper.host.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The status as it changes, by the feed of the daemon. A daemon that goes away is waited for; one
 * that is not there at the beginning is said to be missing.
 */
final class Watch {

  /** What one thread reads and the other shows. */
  private sealed interface News {
    record Status(JsonNode status) implements News {}

    record Gone() implements News {}
  }

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final LocalApi api;
  private final WatchScreen screen;
  private final BlockingQueue<News> news = new LinkedBlockingQueue<>();
  private Duration pause = FIRST_PAUSE;

  Watch(Session session) {
    this.api = session.api();
    this.screen = WatchScreen.of(session);
  }

  /**
   * Goes on until the process is interrupted, or nobody reads any more.
   *
   * @throws CommandFailed when the daemon is not there at the beginning, or refuses
   */
  int run() {
    FeedReader first;
    try {
      first = new FeedReader(api.feed());
    } catch (IOException e) {
      throw api.notThere();
    }
    Thread.ofPlatform().daemon().name("feed").start(() -> follow(first));
    screen.begin(api.url().toString());
    while (!screen.isClosed()) {
      switch (next()) {
        case News.Status(var status) -> screen.show(status);
        case News.Gone() -> screen.gone();
        case null -> screen.tick();
      }
    }
    return ExitCode.OK;
  }

  /** Null when a second went by without any: ages and pauses are shown anew. */
  private @Nullable News next() {
    try {
      return news.poll(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private void follow(FeedReader first) {
    read(first);
    while (true) {
      news.add(new News.Gone());
      LockSupport.parkNanos(pause.toNanos());
      var longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
      try {
        read(new FeedReader(api.feed()));
      } catch (IOException | CommandFailed e) {
        // not there yet, or not ready: it is tried again
      }
    }
  }

  private void read(FeedReader reader) {
    try (reader) {
      for (var event = reader.next(); event.isPresent(); event = reader.next()) {
        pause = FIRST_PAUSE;
        if (event.get().type().equals("status")) {
          news.add(new News.Status(LocalApi.JSON.readTree(event.get().data()).path("data")));
        }
      }
    } catch (JsonProcessingException e) {
      // half an event, which is how a feed looks that breaks off
    } catch (IOException e) {
      // it went away
    }
  }
}
