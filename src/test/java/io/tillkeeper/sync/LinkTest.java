package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkLost;
import java.time.Duration;
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
}
