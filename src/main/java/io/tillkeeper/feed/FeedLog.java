package io.tillkeeper.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The last events, in the order of their ids, for those who reconnect and those who are slow. It
 * holds a bounded number of them, and of the status only the last: an older one is no news.
 *
 * <p>Thread-safe.
 */
final class FeedLog {

  private final @Nullable Message[] ring;
  private int first;
  private int size;
  private @Nullable Message status;

  /** Whoever has been told everything up to here can be told the rest. */
  private long floor;

  private long lastId;

  /**
   * @param capacity how many events it holds
   * @param start the id before the first event
   */
  FeedLog(int capacity, long start) {
    this.ring = new Message[capacity];
    this.floor = start;
    this.lastId = start;
  }

  /** The id of the last event. */
  synchronized long lastId() {
    return lastId;
  }

  /** Adds an event, which is made with its id, and forgets the oldest when it is full. */
  synchronized void append(LongFunction<Message> event) {
    var message = event.apply(++lastId);
    if (message.isStatus()) {
      status = message;
      return;
    }
    if (size == ring.length) {
      floor = at(0).id();
      first = (first + 1) % ring.length;
      size--;
    }
    ring[(first + size) % ring.length] = message;
    size++;
  }

  /** Whether all that came after this id can still be told. */
  synchronized boolean knows(long id) {
    return id >= floor && id <= lastId;
  }

  /**
   * What comes after this id, oldest first.
   *
   * @return at most so many; empty when some of it is forgotten
   */
  synchronized Optional<List<Message>> after(long id, int most) {
    if (id < floor) {
      return Optional.empty();
    }
    var next = new ArrayList<Message>();
    var state = status != null && status.id() > id ? status : null;
    for (var i = indexAfter(id); i < size && next.size() < most; i++) {
      var message = at(i);
      if (state != null && state.id() < message.id()) {
        next.add(state);
        state = null;
      }
      next.add(message);
    }
    if (state != null && next.size() < most) {
      next.add(state);
    }
    return Optional.of(next);
  }

  /** The first of the ring with a greater id. */
  private int indexAfter(long id) {
    var low = 0;
    var high = size;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (at(middle).id() <= id) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private Message at(int index) {
    return Objects.requireNonNull(ring[(first + index) % ring.length]);
  }
}
