package io.tillkeeper.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** How a listener is kept up to date, whatever its connection does. */
class SubscriberTest {

  private static final ObjectWriter JSON =
      new ObjectMapper().registerModule(new JavaTimeModule()).writer();
  private static final int MEMORY = 200;
  private static final long SEED = 20261125;

  private final FeedLog log = new FeedLog(MEMORY, 0);
  private final FakeOutlet outlet = new FakeOutlet();
  private final List<Subscriber> gone = new ArrayList<>();
  private int roomSeen;
  private final Subscriber subscriber = new Subscriber(outlet, log, () -> roomSeen++, gone::add);

  /** A connection on which a test says when something has been sent. */
  private static final class FakeOutlet implements Outlet {

    private final List<Long> sent = new ArrayList<>();
    private final Deque<Runnable> underWay = new ArrayDeque<>();
    private boolean instant;
    private boolean broken;
    private int pings;
    private int closedWith;

    @Override
    public void send(Message message, Runnable done, Runnable failed) {
      sent.add(message.id());
      if (broken) {
        failed.run();
      } else if (instant) {
        done.run();
      } else {
        underWay.add(done);
      }
    }

    private void finish(int count) {
      for (var i = 0; i < count && !underWay.isEmpty(); i++) {
        underWay.remove().run();
      }
    }

    @Override
    public void ping(Runnable alive) {
      pings++;
    }

    @Override
    public void close(int code, String reason) {
      closedWith = code;
    }
  }

  private void happen(String type, int times) {
    for (var i = 0; i < times; i++) {
      log.append(id -> message(id, type));
    }
  }

  private static Message message(long id, String type) {
    return new Message(id, type, JSON, () -> new FeedEvent(id, type, Instant.EPOCH, Map.of()));
  }

  private void begin() {
    subscriber.begin(List.of(), log.lastId(), log.lastId());
  }

  private static List<Long> ids(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  @Test
  void nothingIsSentBeforeItsFirstEvents() {
    happen(FeedEvent.OPERATION, 3);
    subscriber.pump();

    assertThat(outlet.sent).isEmpty();
  }

  @Test
  void onlySoMuchIsUnderWayAndTheRestFollows() {
    begin();
    happen(FeedEvent.OPERATION, 150);
    subscriber.pump();
    subscriber.pump();
    assertThat(outlet.sent).isEqualTo(ids(1, 64));

    outlet.finish(31);
    assertThat(roomSeen).isZero();
    outlet.finish(1);
    assertThat(roomSeen).isOne();
    subscriber.pump();
    assertThat(outlet.sent).isEqualTo(ids(1, 96));
  }

  @Test
  void aConnectionThatSendsAtOnceIsSentEverythingAtOnce() {
    outlet.instant = true;
    begin();
    happen(FeedEvent.OPERATION, 150);
    subscriber.pump();

    assertThat(outlet.sent).isEqualTo(ids(1, 150));
  }

  @Test
  void whoIsToldNothingUntilItIsForgottenIsDropped() {
    begin();
    happen(FeedEvent.OPERATION, MEMORY + 64);
    subscriber.pump();
    assertThat(outlet.closedWith).isEqualTo(Outlet.TOO_SLOW);
    assertThat(gone).containsExactly(subscriber);
    subscriber.pump();
    subscriber.left();

    assertThat(gone).hasSize(1);
    assertThat(outlet.sent).isEmpty();
  }

  @Test
  void aConnectionThatBreaksIsLeft() {
    outlet.broken = true;
    begin();
    happen(FeedEvent.OPERATION, 3);
    subscriber.pump();

    assertThat(gone).containsExactly(subscriber);
  }

  @Test
  void ofTheStatusOnlyTheLastIsSent() {
    begin();
    happen(FeedEvent.STATUS, 3);
    happen(FeedEvent.OPERATION, 1);
    happen(FeedEvent.STATUS, 2);
    happen(FeedEvent.OPERATION, 1);
    subscriber.pump();

    assertThat(outlet.sent).containsExactly(4L, 6L, 7L);
  }

  @Test
  void aStatusFromBeforeTheOneItWasToldIsNotSent() {
    happen(FeedEvent.OPERATION, 2);
    happen(FeedEvent.STATUS, 1);
    happen(FeedEvent.OPERATION, 1);
    subscriber.begin(List.of(message(1, FeedEvent.STATUS)), 1, log.lastId());
    subscriber.pump();

    assertThat(outlet.sent).containsExactly(1L, 2L, 4L);
  }

  @Test
  void whoGivesNoSignOfLifeBetweenTwoHeartbeatsIsDropped() {
    begin();
    subscriber.beat();
    subscriber.heard();
    subscriber.beat();
    assertThat(outlet.pings).isEqualTo(2);
    assertThat(outlet.closedWith).isZero();
    subscriber.beat();

    assertThat(outlet.closedWith).isEqualTo(Outlet.TOO_SLOW);
    assertThat(gone).containsExactly(subscriber);
  }

  @Test
  void whoAsksFasterThanItListensGetsNoAnswer() {
    begin();
    IntStream.range(0, 1_000)
        .forEach(i -> subscriber.answer(place -> message(place, FeedEvent.PONG)));

    assertThat(outlet.sent).hasSizeLessThanOrEqualTo(128);
    assertThat(outlet.closedWith).isZero();
  }

  /** Whatever the order in which events happen and are sent, none is left out or told twice. */
  @Test
  void inAnyOrderOfThingsEverythingIsToldOnce() {
    var random = new Random(SEED);
    begin();
    for (var step = 0; step < 20_000; step++) {
      outlet.instant = random.nextInt(4) == 0;
      if (log.lastId() - outlet.sent.size() < MEMORY - 20) {
        happen(FeedEvent.OPERATION, random.nextInt(20));
      }
      subscriber.pump();
      var before = roomSeen;
      outlet.finish(random.nextInt(40));
      if (roomSeen > before) {
        subscriber.pump();
      }
    }
    outlet.instant = true;
    subscriber.pump();
    outlet.finish(64);
    subscriber.pump();

    assertThat(outlet.sent).as("seed " + SEED).isEqualTo(ids(1, log.lastId()));
  }
}
