package io.tillkeeper.feed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.access.TokenRevoked;
import io.tillkeeper.queue.QueueChange;
import io.tillkeeper.queue.QueueChanged;
import io.tillkeeper.queue.Settings;
import io.tillkeeper.storage.DiskTrouble;
import io.tillkeeper.storage.Pulse;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What happens, for everyone who listens. An event is in the feed when its commit is on the disk,
 * in the order of the commits, and before the one who asked for the change gets an answer.
 *
 * <p>Events are kept in memory only. After a crash the ids go on above those from before it, so a
 * listener is told {@code reset} and reads again what it shows.
 */
@ApplicationScoped
class Feed {

  private static final Logger LOG = Logger.getLogger(Feed.class);
  private static final String EPOCH = "feed-epoch";

  /** Ids of 53 bits, which every JSON reader takes: two million starts of four billion events. */
  private static final int BITS_WITHIN_EPOCH = 32;

  /** When the database is open, and nothing is written to the queue yet. */
  private static final int EARLY = Interceptor.Priority.LIBRARY_BEFORE;

  private final EventBodies bodies;
  private final FeedConfig config;
  private final Settings settings;
  private final InstantSource clock;
  private final ObjectWriter json;
  private final long epoch;
  private final FeedLog log;
  private final Semaphore news = new Semaphore(0);
  private final Set<Subscriber> subscribers = ConcurrentHashMap.newKeySet();
  private boolean kept;

  Feed(
      EventBodies bodies,
      FeedConfig config,
      Settings settings,
      InstantSource clock,
      ObjectMapper json) {
    this.bodies = bodies;
    this.config = config;
    this.settings = settings;
    this.clock = clock;
    this.json = json.writer();
    this.epoch = settings.get(EPOCH).map(Long::parseLong).orElse(0L) + 1;
    this.log = new FeedLog(config.memory(), epoch << BITS_WITHIN_EPOCH);
  }

  void start(@Observes @Priority(EARLY) StartupEvent event, Pulse pulse) {
    LOG.debugf("The feed begins after %d", log.lastId());
    pulse.afterStart(this::keepEpoch);
  }

  /** Before anybody is told an id: after a crash the next start is not to give it again. */
  private synchronized void keepEpoch() {
    if (!kept) {
      settings.put(EPOCH, String.valueOf(epoch));
      kept = true;
    }
  }

  void queueChanged(@Observes @Priority(EARLY) QueueChanged event) {
    var now = clock.instant();
    event.changes().forEach(change -> log.append(id -> message(id, now, change)));
  }

  private Message message(long id, Instant at, QueueChange change) {
    return switch (change) {
      case QueueChange.OperationMoved moved ->
          message(id, FeedEvent.OPERATION, at, () -> bodies.operation(moved));
      case QueueChange.CustomerMoved moved ->
          message(id, FeedEvent.CUSTOMER, at, () -> bodies.customer(moved));
    };
  }

  private Message message(long id, String type, Instant at, Supplier<Object> data) {
    return new Message(id, type, json, () -> new FeedEvent(id, type, at, data.get()));
  }

  private Message now(long id, String type, Object data) {
    return message(id, type, clock.instant(), () -> data);
  }

  /** An answer to one listener's message. */
  LongFunction<Message> answer(String type, Object data) {
    return place -> now(place, type, data);
  }

  /** Tells everyone how it all is now. */
  void tellStatus() {
    var status = bodies.status();
    log.append(id -> now(id, FeedEvent.STATUS, status));
  }

  /**
   * Lets somebody listen: first the status, then what was missed, or {@code reset} when that is not
   * known any more, and then what comes.
   *
   * @param after the id of the last event that was seen; null when there is none
   * @return empty when there are as many listeners as there may be
   */
  Optional<Subscriber> subscribe(Outlet outlet, @Nullable Long after) {
    var subscriber = new Subscriber(outlet, log, this::wake, subscribers::remove);
    if (!admitted(subscriber)) {
      return Optional.empty();
    }
    try {
      begin(subscriber, after);
    } catch (RuntimeException fault) {
      if (!DiskTrouble.isBehind(fault)) {
        LOG.error("A listener could not be told the status; it is dropped.", fault);
      }
      subscriber.drop(Outlet.INTERNAL_ERROR, "internal error");
    }
    return Optional.of(subscriber);
  }

  private synchronized boolean admitted(Subscriber subscriber) {
    return subscribers.size() < config.subscribers() && subscribers.add(subscriber);
  }

  private void begin(Subscriber subscriber, @Nullable Long after) {
    keepEpoch();
    var now = log.lastId();
    var resumes = after != null && log.knows(after);
    // a status that is told before what was missed leaves the listener at the place where it was
    var from = resumes ? after : now;
    var events = new ArrayList<Message>();
    events.add(now(from, FeedEvent.STATUS, bodies.status()));
    if (after != null && !resumes) {
      events.add(now(now, FeedEvent.RESET, Map.of()));
    }
    subscriber.begin(events, from, now);
    wake();
  }

  /** There may be something to tell. */
  void wake() {
    news.release();
  }

  /**
   * Waits until there may be something to tell, or so long.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void await(long nanos) throws InterruptedException {
    if (news.tryAcquire(nanos, TimeUnit.NANOSECONDS)) {
      news.drainPermits();
    }
  }

  /** How many listen now. */
  int listeners() {
    return subscribers.size();
  }

  /** Sends everyone what it has not been sent. */
  void pump() {
    subscribers.forEach(Subscriber::pump);
  }

  /** Cuts everyone off: the others are back in a moment, and are told what they missed. */
  void tokenRevoked(@Observes TokenRevoked event) {
    subscribers.forEach(
        subscriber -> subscriber.drop(Outlet.ADMITTED_NO_MORE, "a token was revoked"));
  }

  /** Asks everyone for a sign of life. */
  void beat() {
    subscribers.forEach(Subscriber::beat);
  }
}
