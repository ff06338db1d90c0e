package io.tillkeeper.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.tillkeeper.odoo.Diagnosis;
import io.tillkeeper.odoo.LinkCause;
import io.tillkeeper.odoo.LinkDetail;
import java.time.Instant;
import org.jboss.logging.Logger.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One line for each change of the link. */
class LinkLogTest {

  private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

  private final LinkLog log = new LinkLog(down(LinkCause.STARTING, NOW));

  private static LinkState down(LinkCause cause, @Nullable Instant nextTryAt) {
    return LinkState.notUp(NOW, Diagnosis.of(cause), nextTryAt);
  }

  private static LinkState up(@Nullable Instant startsAt) {
    return new LinkState.Up(NOW, startsAt);
  }

  @Test
  void theStartIsNoNews() {
    assertThat(log.lineFor(down(LinkCause.STARTING, NOW), NOW)).isEmpty();
  }

  @Test
  void aLinkThatComesUpIsInformation() {
    assertThat(log.lineFor(up(null), NOW))
        .contains(new LogLine(Level.INFO, "The link to Odoo is up; what is queued is being sent."));
  }

  @Test
  void aLinkThatGoesDownIsAWarningThatSaysWhyAndWhatHappensNext() {
    assertThat(log.lineFor(down(LinkCause.DNS, NOW.plusMillis(7_200)), NOW))
        .contains(
            new LogLine(
                Level.WARN,
                "The link to Odoo is down (dns): The name of the Odoo server is not found."
                    + " What is queued is kept. Next try in 8 s."));
  }

  @Test
  void theSameAgainIsNoNews() {
    log.lineFor(down(LinkCause.DNS, NOW.plusSeconds(1)), NOW);

    assertThat(log.lineFor(down(LinkCause.DNS, NOW.plusSeconds(9)), NOW)).isEmpty();
  }

  @Test
  void anotherCauseIsNewsAndSoIsAnotherDetailOfIt() {
    log.lineFor(down(LinkCause.TIMEOUT, NOW), NOW);

    var unreachable =
        LinkState.notUp(NOW, new Diagnosis(LinkCause.TIMEOUT, LinkDetail.NO_CONNECTION), NOW);
    assertThat(log.lineFor(unreachable, NOW).orElseThrow().text())
        .startsWith("The link to Odoo is down (timeout): The Odoo server cannot be reached");
    assertThat(log.lineFor(down(LinkCause.KEY, NOW.plusSeconds(60)), NOW))
        .contains(
            new LogLine(
                Level.WARN,
                "The link to Odoo is blocked (key): Odoo does not accept the API key."
                    + " What is queued is kept. Next try in 60 s."));
  }

  @Test
  void anOutageIsToldWhenItIsOver() {
    log.lineFor(up(null), NOW);
    log.lineFor(down(LinkCause.DNS, NOW), NOW);
    log.lineFor(down(LinkCause.REFUSED, NOW), NOW);

    assertThat(log.lineFor(up(NOW.plusSeconds(1_245)), NOW.plusSeconds(1_200)))
        .contains(
            new LogLine(
                Level.INFO,
                "The link to Odoo is up again after 20 min; what is queued is sent in 45 s, since"
                    + " other tills come back too."));
    assertThat(log.lineFor(up(null), NOW.plusSeconds(1_245))).isEmpty();
  }

  @Test
  void airplaneModeIsWantedAndNoOutage() {
    log.lineFor(up(null), NOW);

    assertThat(log.lineFor(down(LinkCause.OFFLINE_MODE, null), NOW))
        .contains(
            new LogLine(
                Level.INFO,
                "The link to Odoo is down (offline-mode): Airplane mode is on: nothing is sent to"
                    + " Odoo. What is queued is kept until that is changed."));
    assertThat(log.lineFor(down(LinkCause.STARTING, NOW), NOW)).isEmpty();
    assertThat(log.lineFor(up(null), NOW.plusSeconds(600)).orElseThrow().text())
        .isEqualTo("The link to Odoo is up; what is queued is being sent.");
  }

  @Test
  void aLineThatComesAndGoesIsOneLine() {
    assertThat(log.lineFor(down(LinkCause.UNSTEADY, NOW), NOW))
        .contains(
            new LogLine(
                Level.WARN,
                "The link to Odoo is down (unsteady): The line to Odoo comes and goes. What is"
                    + " queued is kept, and sent whenever it is there."));
    assertThat(log.lineFor(down(LinkCause.UNSTEADY, null), NOW)).isEmpty();
  }
}
