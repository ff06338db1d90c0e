package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallPaceTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  private final TestClock clock = new TestClock();
  private final List<Duration> pauses = new ArrayList<>();

  private CallPace pace(Duration interval) {
    return new CallPace(
        interval,
        clock,
        pause -> {
          pauses.add(pause);
          clock.advance(pause);
        });
  }

  @ParameterizedTest
  @CsvSource({
    "https://odoo.com, 1000",
    "https://shop.odoo.com, 1000",
    "https://Shop.ODOO.com:443, 1000",
    "https://notodoo.com, 0",
    "https://odoo.com.example, 0",
    "http://192.168.1.10:8069, 0"
  })
  void onlyOdooOnlineIsPacedByItself(String url, long millis) {
    assertThat(CallPace.interval(SyncSettings.DEFAULTS, SyncSettings.odooAt(url)))
        .hasMillis(millis);
  }

  @ParameterizedTest
  @CsvSource({"https://shop.odoo.com, 4, 250", "http://odoo.lan, 0.5, 2000"})
  void whatTheOperatorSaysGoesBeforeThat(String url, double perSecond, long millis) {
    assertThat(
            CallPace.interval(
                SyncSettings.DEFAULTS.withCallsPerSecond(perSecond), SyncSettings.odooAt(url)))
        .hasMillis(millis);
  }

  @Test
  void aCallThatComesTooEarlyWaitsForItsTurn() {
    var pace = pace(SECOND);

    assertThat(pace.awaitTurn()).isTrue();
    clock.advance(Duration.ofMillis(300));
    assertThat(pace.awaitTurn()).isTrue();
    clock.advance(Duration.ofMillis(1500));
    assertThat(pace.awaitTurn()).isTrue();

    assertThat(pauses).containsExactly(Duration.ofMillis(700));
  }

  @Test
  void anHourWithoutCallsSavesNothingUp() {
    var pace = pace(SECOND);
    pace.awaitTurn();
    clock.advance(Duration.ofHours(1));

    for (var call = 0; call < 3; call++) {
      pace.awaitTurn();
    }

    assertThat(pauses).containsExactly(SECOND, SECOND);
  }

  @Test
  void withoutLimitNobodyWaits() {
    var pace = pace(Duration.ZERO);

    for (var call = 0; call < 3; call++) {
      assertThat(pace.awaitTurn()).isTrue();
    }

    assertThat(pauses).isEmpty();
  }

  @Test
  void aClockThatIsSetBackMakesNobodyWaitForIt() {
    var pace = pace(SECOND);
    pace.awaitTurn();
    clock.advance(Duration.ofHours(-1));

    pace.awaitTurn();

    assertThat(pauses).isEmpty();
  }

  @Test
  void whoWaitsWhenTheDaemonStopsGivesUpAtOnce() throws Exception {
    var asleep = new CountDownLatch(1);
    var pace =
        new CallPace(
            SECOND,
            clock,
            pause -> {
              asleep.countDown();
              new CountDownLatch(1).await();
            });
    pace.awaitTurn();
    var turn = CompletableFuture.supplyAsync(pace::awaitTurn);
    assertThat(asleep.await(10, TimeUnit.SECONDS)).isTrue();

    pace.close();

    assertThat(turn.get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(pace.awaitTurn()).isFalse();
  }
}
