package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.tillkeeper.TestBox;
import io.tillkeeper.TestClock;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.simulator.Fault;
import io.tillkeeper.simulator.Simulator;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What moves the link, over real sockets. */
@QuarkusTest
@WithTestResource(TestBox.class)
class LinkQuarkusTest {

  @Inject Scene scene;
  @Inject Worker worker;
  @Inject Link link;
  @Inject Modes modes;
  @Inject TestClock clock;
  Simulator odoo;

  @BeforeEach
  void begin() {
    scene.begin(odoo);
  }

  static Stream<Arguments> causes() {
    return Stream.of(
        Arguments.of(new Fault.Refuse(), "down", LinkCause.REFUSED),
        Arguments.of(new Fault.HangBeforeCommit(false), "down", LinkCause.TIMEOUT),
        Arguments.of(new Fault.ResetMidAnswer(), "down", LinkCause.BROKEN),
        Arguments.of(new Fault.CaptivePortal(false), "down", LinkCause.CAPTIVE_PORTAL),
        Arguments.of(new Fault.CaptivePortal(true), "down", LinkCause.CAPTIVE_PORTAL),
        Arguments.of(new Fault.DatabaseDown(), "down", LinkCause.DATABASE_DOWN),
        Arguments.of(
            new Fault.TooManyRequests(Duration.ofSeconds(7)), "down", LinkCause.RATE_LIMITED),
        Arguments.of(new Fault.WrongKey(), "blocked", LinkCause.KEY));
  }

  @ParameterizedTest
  @MethodSource("causes")
  void theLinkSaysWhyItIsNotUpAndComesBackByItself(Fault fault, String state, LinkCause cause) {
    odoo.fault(fault);

    worker.probe();

    assertThat(link.state().code()).isEqualTo(state);
    assertThat(link.state().why()).contains(cause);
    odoo.clearFaults();
    odoo.release();
    assertThat(scene.drain()).isZero();
    scene.drainPatiently();
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void odooIsNotCalledBeforeTheTimeItAskedFor() {
    odoo.fault(new Fault.TooManyRequests(Duration.ofSeconds(90)), 1, null);
    worker.probe();
    var down = (LinkState.Down) link.state();
    assertThat(down.nextTryAt()).isEqualTo(clock.instant().plusSeconds(90));

    clock.advance(Duration.ofSeconds(89));
    odoo.resetCalls();
    scene.drain();
    assertThat(odoo.calls()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    scene.drain();
    assertThat(link.isUp()).isTrue();
  }

  @Test
  void sinceTellsHowLongTheSameCauseHasLasted() {
    odoo.fault(new Fault.Refuse());
    worker.probe();
    var since = link.state().since();
    clock.advance(Duration.ofMinutes(2));
    worker.probe();
    assertThat(link.state().since()).isEqualTo(since);

    odoo.fault(new Fault.WrongKey());
    worker.probe();
    assertThat(link.state().since()).isEqualTo(clock.instant());
  }

  @Test
  void inAirplaneModeOdooIsNeverCalled() {
    modes.change(Mode.OFFLINE);
    odoo.resetCalls();

    worker.probe();
    scene.drainPatiently();

    assertThat(odoo.calls()).isEmpty();
    assertThat(link.state().why()).contains(LinkCause.OFFLINE_MODE);
    modes.change(Mode.AUTO);
    scene.drain();
    assertThat(link.isUp()).isTrue();
  }
}
