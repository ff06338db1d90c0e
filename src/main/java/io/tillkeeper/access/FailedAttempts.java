package io.tillkeeper.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How often a peer showed a token or a code that is none, of late. All programs of this machine are
 * one peer, whichever of its own addresses they use; and tokens are counted apart from codes, so
 * that one of them with a token that was revoked keeps nobody from being paired.
 */
@ApplicationScoped
class FailedAttempts {

  private static final int MOST = 20;
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final int PEERS = 256;
  private static final String THIS_MACHINE = "loopback";

  private final InstantSource clock;
  private final Map<Secret, Map<String, Window>> windows = new EnumMap<>(Secret.class);

  FailedAttempts(InstantSource clock) {
    this.clock = clock;
    for (var secret : Secret.values()) {
      windows.put(secret, new Peers());
    }
  }

  /** What is guessed at. */
  enum Secret {
    TOKEN,
    CODE
  }

  private record Window(Instant begun, int failures) {

    /** Over, too, where the clock was set back. */
    boolean isOver(Instant now) {
      return now.isBefore(begun) || !now.isBefore(begun.plus(WINDOW));
    }
  }

  /** So many that a network full of guessers takes no memory. */
  private static final class Peers extends LinkedHashMap<String, Window> {

    private static final long serialVersionUID = 1L;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
      return size() > PEERS;
    }
  }

  /** Whether it tried too often, and what it tries now is not even looked at. */
  synchronized boolean areTooMany(Secret secret, String address) {
    var window = of(secret).get(peer(address));
    return window != null && !window.isOver(clock.instant()) && window.failures >= MOST;
  }

  synchronized void add(Secret secret, String address) {
    var now = clock.instant();
    of(secret)
        .merge(
            peer(address),
            new Window(now, 1),
            (before, first) ->
                before.isOver(now) ? first : new Window(before.begun, before.failures + 1));
  }

  private Map<String, Window> of(Secret secret) {
    return Objects.requireNonNull(windows.get(secret)); // each has some from the beginning
  }

  /** An address, and no name, is not looked up anywhere. */
  private static String peer(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress() ? THIS_MACHINE : address;
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
