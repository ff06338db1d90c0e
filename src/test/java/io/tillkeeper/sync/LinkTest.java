package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.Hop;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When sending begins after an outage, and who may move the link. */
class LinkTest {

  private static final LinkLost LOSS = new LinkLost(LinkCause.REFUSED, "refused", null, null);

  private final TestClock clock = new TestClock();
  private final Link link =
      new Link(SyncSettings.odooAt("http://odoo.lan"), SyncSettings.DEFAULTS, clock, new Longest());

  /** Every wait is as long as it can be. */
  static final class Longest implements RandomGenerator {

    @Override
    public long nextLong() {
      return Long.MAX_VALUE;
    }

    @Override
    public long nextLong(long bound) {
      return bound - 1;
    }
  }

  private void outage(Duration duration) {
    link.lost(LOSS);
    clock.advance(duration.dividedBy(2));
    link.lost(LOSS);
    clock.advance(duration.minus(duration.dividedBy(2)));
    link.answered();
  }

  @ParameterizedTest
  @CsvSource({"PT1S, PT0S", "PT1M, PT0S", "PT2M, PT6S", "PT20M, PT1M", "PT2H, PT2M", "P7D, PT2M"})
  void theLongerTheOutageTheLaterSendingMayBegin(Duration outage, Duration wait) {
    link.answered();

    outage(outage);

    assertThat(link.isUp()).isTrue();
    assertThat(link.untilStart()).isEqualTo(wait);
  }

  @Test
  void theStartOfTheProcessIsNoOutage() {
    clock.advance(Duration.ofHours(2));

    link.answered();

    assertThat(link.untilStart()).isZero();
  }

  @Test
  void whenItsMomentHasComeSendingBegins() {
    outage(Duration.ofHours(2));
    var startsAt = clock.instant().plus(Duration.ofMinutes(2));
    assertThat(link.state().nextTry()).contains(startsAt);
    assertThat(link.state().sentence()).startsWith("Odoo is back");
    assertThat(link.untilNextTry()).isEmpty();

    clock.advance(Duration.ofMinutes(2));

    assertThat(link.untilStart()).isZero();
    assertThat(link.state().nextTry()).isEmpty();
    assertThat(link.state().sentence()).isEqualTo("Odoo takes what is sent.");
  }

  @Test
  void anAnswerDoesNotBringTheMomentForward() {
    outage(Duration.ofHours(2));

    link.answered();

    assertThat(link.untilStart()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void whoWantsItNowDoesNotWait() {
    outage(Duration.ofHours(2));

    link.hasten();

    assertThat(link.untilStart()).isZero();
    assertThat(link.state().nextTry()).isEmpty();
  }

  @Test
  void whoWantedItWhileTheLinkWasDownDoesNotWaitEither() {
    link.lost(LOSS);
    clock.advance(Duration.ofHours(2));
    link.hasten();

    link.answered();

    assertThat(link.untilStart()).isZero();
  }

  @Test
  void aWishThatFailedIsForgotten() {
    link.lost(LOSS);
    clock.advance(Duration.ofHours(1));
    link.hasten();
    link.lost(LOSS);
    clock.advance(Duration.ofHours(1));

    link.answered();

    assertThat(link.untilStart()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aLinkThatIsLostBeforeSendingHasBegunWasNotBack() {
    outage(Duration.ofHours(2));
    clock.advance(Duration.ofSeconds(10));

    outage(Duration.ofSeconds(5));

    assertThat(link.untilStart()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void aShortOutageAfterALongOneIsShort() {
    outage(Duration.ofHours(2));
    clock.advance(Duration.ofMinutes(3));

    outage(Duration.ofSeconds(5));

    assertThat(link.untilStart()).isZero();
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForIt() {
    outage(Duration.ofHours(2));

    clock.advance(Duration.ofHours(-1));

    assertThat(link.untilStart()).isZero();
  }

  @Test
  void airplaneModeIsNoOutage() {
    link.answered();
    link.leave();
    clock.advance(Duration.ofHours(2));
    link.enter();

    link.answered();

    assertThat(link.untilStart()).isZero();
  }

  @Test
  void anAnswerThatComesInAirplaneModeDoesNotEndIt() {
    link.answered();
    link.leave();

    link.answered();

    assertThat(link.state().why()).contains(LinkCause.OFFLINE_MODE);
    assertThat(link.untilNextTry()).isEmpty();
  }

  @Test
  void aLossThatComesInAirplaneModeDoesNotEndIt() {
    link.answered();
    link.leave();

    link.lost(LOSS);

    assertThat(link.state().why()).contains(LinkCause.OFFLINE_MODE);
    assertThat(link.untilNextTry()).isEmpty();
  }

  private void flap(int times, Duration pause) {
    for (var i = 0; i < times; i++) {
      link.answered();
      clock.advance(pause);
      link.lost(LOSS);
      clock.advance(pause);
    }
  }

  @Test
  void aLineThatIsLostThreeTimesWithinAMinuteIsShownAsUnsteady() {
    flap(2, Duration.ofSeconds(5));
    assertThat(link.shown()).isEqualTo(link.state());

    flap(1, Duration.ofSeconds(5));
    assertThat(link.shown().why()).contains(LinkCause.UNSTEADY);
    assertThat(link.state().why()).contains(LinkCause.REFUSED);
    var since = link.shown().since();

    flap(4, Duration.ofSeconds(14));
    link.answered();
    assertThat(link.shown().why()).contains(LinkCause.UNSTEADY);
    assertThat(link.shown().since()).isEqualTo(since);
    assertThat(link.shown().nextTry()).isEmpty();
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void aLineThatIsLostThreeTimesInALongerTimeIsShownAsItIs() {
    flap(3, Duration.ofSeconds(16));

    assertThat(link.shown()).isEqualTo(link.state());
    assertThat(link.untilShownChanges()).isEmpty();
  }

  @Test
  void aLineThatStaysUpIsShownAsUp() {
    flap(3, Duration.ofSeconds(1));
    link.answered();
    var since = clock.instant();
    assertThat(link.untilShownChanges()).contains(Duration.ofSeconds(15));

    clock.advance(Duration.ofSeconds(14));
    assertThat(link.shown().code()).isEqualTo("down");
    clock.advance(Duration.ofSeconds(1));

    assertThat(link.shown()).isEqualTo(new LinkState.Up(since, null));
    assertThat(link.untilShownChanges()).isEmpty();
  }

  @Test
  void aLineThatStaysDownIsShownWithItsCause() {
    flap(3, Duration.ofSeconds(1));
    link.lost(LOSS);
    clock.advance(Duration.ofSeconds(14));

    assertThat(link.shown().why()).contains(LinkCause.REFUSED);
  }

  @Test
  void airplaneModeIsShownAtOnce() {
    flap(3, Duration.ofSeconds(1));

    link.leave();

    assertThat(link.shown().why()).contains(LinkCause.OFFLINE_MODE);
    link.enter();
    assertThat(link.shown().why()).contains(LinkCause.STARTING);
  }

  @Test
  void aClockThatIsSetBackEndsUnsteadiness() {
    flap(3, Duration.ofSeconds(1));

    clock.advance(Duration.ofHours(-1));

    assertThat(link.shown()).isEqualTo(link.state());
  }

  @Test
  void whoListensIsToldOfEachChangeAndOfNothingElse() {
    var told = new ArrayList<LinkState>();
    link.onChange(
        () -> {
          assertThat(Thread.holdsLock(link)).isFalse();
          told.add(link.shown());
        });

    link.answered();
    link.answered();
    assertThat(told).hasSize(1);
    link.lost(LOSS);
    link.lost(LOSS);
    assertThat(told).hasSize(3);
    assertThat(told.get(2).nextTry()).isNotEqualTo(told.get(1).nextTry());
    link.hasten();
    assertThat(told).hasSize(4);
    link.look();
    assertThat(told).hasSize(4);
  }

  @Test
  void whoListensIsToldWhatTimeChanged() {
    flap(3, Duration.ofSeconds(1));
    link.answered();
    var told = new ArrayList<LinkState>();
    link.onChange(() -> told.add(link.shown()));

    clock.advance(link.untilShownChanges().orElseThrow());
    link.look();

    assertThat(told).extracting(LinkState::code).containsExactly("up");
  }

  @Test
  void anotherNetworkIsTriedAtOnceAndThePausesAreShortAgain() {
    for (var i = 0; i < 10; i++) {
      link.lost(LOSS);
    }
    assertThat(link.untilNextTry()).contains(Duration.ofMinutes(1));

    link.networkCameBack();
    assertThat(link.untilNextTry()).contains(Duration.ZERO);

    link.lost(LOSS);
    assertThat(link.untilNextTry()).contains(Duration.ofSeconds(1));
  }

  @Test
  void anotherNetworkDoesNotBringTheStartForward() {
    link.lost(LOSS);
    clock.advance(Duration.ofHours(2));
    link.networkCameBack();

    link.answered();

    assertThat(link.untilStart()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void anotherNetworkDoesNotHelpAgainstAPauseThatWasAskedFor() {
    link.lost(new LinkLost(LinkCause.RATE_LIMITED, "429", null, Duration.ofSeconds(90)));

    link.networkCameBack();

    assertThat(link.mayNeedNetwork()).isFalse();
    assertThat(link.untilNextTry()).contains(Duration.ofSeconds(90));
  }

  @Test
  void whatIsBeforeTheFailedHopIsWellAndWhatIsBehindItUnknown() {
    link.lost(LOSS);

    assertThat(Hop.values())
        .extracting(hop -> link.state().at(hop).code())
        .containsExactly("ok", "ok", "failed", "unknown", "unknown", "unknown", "unknown");
    link.answered();
    assertThat(Hop.values()).extracting(hop -> link.state().at(hop).code()).containsOnly("ok");
    link.leave();
    assertThat(Hop.values()).extracting(hop -> link.state().at(hop).code()).containsOnly("unknown");
  }
}
