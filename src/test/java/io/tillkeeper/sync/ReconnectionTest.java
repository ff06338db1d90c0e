package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A thousand terminals find one Odoo back after two hours, in simulated time: how many calls meet
 * it within a second, with jitter, start window and call pace, and without. The worst case is
 * taken: all of them lose Odoo in the same moment, as they do when the line is cut while they are
 * busy.
 */
class ReconnectionTest {

  private static final int TERMINALS = 1_000;
  private static final int QUEUED = 30;
  private static final Duration OUTAGE = Duration.ofHours(2);
  private static final Duration CALL = Duration.ofMillis(100);

  /** A search for twins, and the customers of each. */
  private static final int CALLS_TO_DELIVER =
      1 + Math.ceilDiv(QUEUED, SyncSettings.DEFAULTS.batch());

  private static final LinkLost LOSS = new LinkLost(LinkCause.REFUSED, "refused", null, null);

  private static final long SEED = Long.getLong("tillkeeper.test.seed", 20260301);

  /** A thousand links would say thousands of times that they are up. */
  private static final Logger LINKS = Logger.getLogger(Link.class.getName());

  @BeforeAll
  static void silence() {
    LINKS.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    LINKS.setLevel(null);
  }

  /** What a terminal does so as not to arrive with all the others. */
  private record Measures(RandomGenerator jitter, SyncSettings settings) {

    static final Measures NONE =
        new Measures(
            new LinkTest.Longest(),
            SyncSettings.DEFAULTS.withLongestStartWindow(Duration.ZERO).withCallsPerSecond(1e9));

    static Measures onPremise() {
      return new Measures(new Random(SEED), SyncSettings.DEFAULTS);
    }

    static Measures odooOnline() {
      return new Measures(new Random(SEED), SyncSettings.DEFAULTS.withCallsPerSecond(1));
    }
  }

  /** How it went after Odoo was back. */
  private record Result(int peak, Duration lastDone, int done) {}

  @Test
  void aThousandTerminalsDoNotMeetOdooTogether() {
    var without = new Simulation(Measures.NONE, Duration.ZERO).run();
    var onPremise = new Simulation(Measures.onPremise(), Duration.ZERO).run();
    var online = new Simulation(Measures.odooOnline(), Duration.ZERO).run();

    print("without the measures", without);
    print("with them, on premise", onPremise);
    print("with them, Odoo Online", online);
    assertThat(without.done()).isEqualTo(TERMINALS);
    for (var with : new Result[] {onPremise, online}) {
      assertThat(with.done()).isEqualTo(TERMINALS);
      assertThat(with.peak()).isLessThanOrEqualTo(without.peak() / 10);
      assertThat(with.lastDone()).isLessThanOrEqualTo(bound());
    }
  }

  /** Terminals that lose Odoo one by one do not meet by themselves; the measures do no harm. */
  @Test
  void terminalsThatNoticeTheOutageOneByOneDoNotMeetEither() {
    var without = new Simulation(Measures.NONE, Duration.ofMinutes(1)).run();
    var with = new Simulation(Measures.onPremise(), Duration.ofMinutes(1)).run();

    print("noticed one by one, without", without);
    print("noticed one by one, with", with);
    assertThat(with.done()).isEqualTo(TERMINALS);
    assertThat(with.lastDone()).isLessThanOrEqualTo(bound());
  }

  private static Duration bound() {
    var work = Duration.ofSeconds(1).plus(CALL).multipliedBy(1L + CALLS_TO_DELIVER);
    return SyncSettings.DEFAULTS
        .longestStartWindow()
        .plus(SyncSettings.DEFAULTS.longestBackoff())
        .plus(work);
  }

  private static void print(String measures, Result result) {
    System.out.printf(
        "seed %d, %d terminals, %s of outage, %s: at most %d calls per second, last one done after"
            + " %.1f s%n",
        SEED, TERMINALS, OUTAGE, measures, result.peak(), result.lastDone().toMillis() / 1e3);
  }

  /** Terminals, Odoo, and what happens when. */
  private static final class Simulation {

    private record Event(long atMillis, long order, Runnable what) {}

    private final TestClock clock = new TestClock();
    private final Instant back = clock.instant().plus(OUTAGE);
    private final PriorityQueue<Event> events =
        new PriorityQueue<>(
            Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::order));
    private final Map<Long, Integer> callsBySecond = new HashMap<>();
    private long scheduled;
    private int done;
    private Instant lastDone = back;

    Simulation(Measures measures, Duration noticedWithin) {
      var moments = new Random(SEED);
      for (var i = 0; i < TERMINALS; i++) {
        var terminal = new Terminal(measures);
        terminal.link.answered();
        in(Duration.ofMillis(moments.nextLong(noticedWithin.toMillis() + 1)), terminal::probe);
      }
    }

    Result run() {
      for (var event = events.poll(); event != null; event = events.poll()) {
        clock.advance(Duration.ofMillis(event.atMillis() - clock.instant().toEpochMilli()));
        event.what().run();
      }
      var peak = callsBySecond.values().stream().mapToInt(Integer::intValue).max().orElse(0);
      return new Result(peak, Duration.between(back, lastDone), done);
    }

    private void in(Duration pause, Runnable what) {
      events.add(new Event(clock.instant().toEpochMilli() + pause.toMillis(), scheduled++, what));
    }

    private boolean isBack() {
      return !clock.instant().isBefore(back);
    }

    private final class Terminal {

      private final Link link;
      private final CallPace pace;
      private int callsLeft = CALLS_TO_DELIVER;

      Terminal(Measures measures) {
        var odoo = SyncSettings.odooAt("http://odoo.lan");
        link = new Link(odoo, measures.settings(), clock, measures.jitter());
        pace = new CallPace(CallPace.interval(measures.settings(), odoo), clock, pause -> {});
      }

      void probe() {
        call(() -> in(link.untilStart(), this::deliver));
      }

      void deliver() {
        if (callsLeft > 0) {
          callsLeft--;
          call(this::deliver);
        } else {
          done++;
          lastDone = clock.instant();
        }
      }

      private void call(Runnable onAnswer) {
        in(pace.takeTurn(), () -> arrive(onAnswer));
      }

      private void arrive(Runnable onAnswer) {
        if (isBack()) {
          callsBySecond.merge(clock.instant().getEpochSecond(), 1, Integer::sum);
          in(
              CALL,
              () -> {
                link.answered();
                onAnswer.run();
              });
        } else {
          link.lost(LOSS);
          in(link.untilNextTry().orElseThrow(), this::probe);
        }
      }
    }
  }
}
