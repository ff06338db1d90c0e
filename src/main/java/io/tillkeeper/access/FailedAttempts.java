package io.tillkeeper.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often a peer showed a token or a code that is none, of late. */
@ApplicationScoped
class FailedAttempts {

  private static final int MOST = 20;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int PEERS = 256;

  private final InstantSource clock;
  private final Map<String, Window> windows =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > PEERS;
        }
      };

  FailedAttempts(InstantSource clock) {
    this.clock = clock;
  }

  private record Window(Instant begun, int failures) {

    /** Over, too, where the clock was set back. */
    boolean isOver(Instant now) {
      return now.isBefore(begun) || !now.isBefore(begun.plus(WINDOW));
    }
  }

  /** Whether it tried too often, and what it tries now is not even looked at. */
  synchronized boolean areTooMany(String peer) {
    var window = windows.get(peer);
    return window != null && !window.isOver(clock.instant()) && window.failures >= MOST;
  }

  synchronized void add(String peer) {
    var now = clock.instant();
    windows.merge(
        peer,
        new Window(now, 1),
        (before, first) ->
            before.isOver(now) ? first : new Window(before.begun, before.failures + 1));
  }
}
