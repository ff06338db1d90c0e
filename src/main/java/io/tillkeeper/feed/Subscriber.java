package io.tillkeeper.feed;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/**
 * One who listens. It holds a place in the log and a few events that are being sent, and nothing
 * else: a slow one costs no memory, and is dropped when the log has forgotten what it has not been
 * sent yet.
 *
 * <p>Thread-safe.
 */
final class Subscriber {

  /** How many events may be under way to one listener. */
  private static final int WINDOW = 64;

  /** When so few are under way after that, there is room for the next. */
  private static final int ROOM_AGAIN = WINDOW / 2;

  private final Outlet outlet;
  private final FeedLog log;
  private final Runnable room;
  private final Consumer<Subscriber> gone;
  private long place;

  /** A status up to here is older than the one that it was told first. */
  private long statusKnown;

  private int underWay;
  private boolean begun;
  private boolean behind;
  private boolean ended;
  private boolean alive = true;

  /**
   * @param room is run when it can be sent more, after it could not
   * @param gone is told once, when it is not to be sent anything any more
   */
  Subscriber(Outlet outlet, FeedLog log, Runnable room, Consumer<Subscriber> gone) {
    this.outlet = outlet;
    this.log = log;
    this.room = room;
    this.gone = gone;
  }

  /**
   * Sends it its first events, and from then on what comes after a place in the log.
   *
   * @param from the place
   * @param statusKnown the last id at the time when the status among the first events was made
   */
  synchronized void begin(List<Message> firstEvents, long from, long statusKnown) {
    this.place = from;
    this.statusKnown = statusKnown;
    firstEvents.forEach(this::send);
    begun = true;
  }

  /**
   * Sends it an answer, which takes no place in the log; one who asks faster than it listens gets
   * none.
   */
  synchronized void answer(LongFunction<Message> answer) {
    if (begun && !ended && underWay < 2 * WINDOW) {
      send(answer.apply(place));
    }
  }

  /** Sends it what has come since, as far as it keeps up. */
  void pump() {
    if (!sendNext()) {
      drop(Outlet.TOO_SLOW, "does not keep up");
    }
  }

  /** False when what it has not been sent is forgotten. */
  private synchronized boolean sendNext() {
    if (!begun || ended) {
      return true;
    }
    // an event may be on its way at once, so that there is room again when all of them are sent
    do {
      var room = Math.max(0, WINDOW - underWay);
      var next = log.after(place, room);
      if (next.isEmpty()) {
        return false;
      }
      next.get().forEach(this::sendInOrder);
      behind = next.get().size() >= room;
    } while (behind && underWay <= ROOM_AGAIN);
    return true;
  }

  private void sendInOrder(Message message) {
    place = message.id();
    if (!message.isStatus() || message.id() > statusKnown) {
      send(message);
    }
  }

  private void send(Message message) {
    underWay++;
    outlet.send(message, this::sent, () -> drop(Outlet.INTERNAL_ERROR, "cannot be reached"));
  }

  private synchronized void sent() {
    underWay--;
    alive = true;
    if (behind && underWay <= ROOM_AGAIN) {
      behind = false;
      room.run();
    }
  }

  /** It gave a sign of life. */
  synchronized void heard() {
    alive = true;
  }

  /** Asks for a sign of life, or drops it when there was none since the last time. */
  void beat() {
    if (takeAlive()) {
      outlet.ping(this::heard);
    } else {
      drop(Outlet.TOO_SLOW, "gives no sign of life");
    }
  }

  private synchronized boolean takeAlive() {
    var was = alive;
    alive = false;
    return was;
  }

  /** Ends it. */
  void drop(int code, String reason) {
    if (end()) {
      outlet.close(code, reason);
      gone.accept(this);
    }
  }

  /** The other side has ended it. */
  void left() {
    if (end()) {
      gone.accept(this);
    }
  }

  private synchronized boolean end() {
    var first = !ended;
    ended = true;
    return first;
  }
}
