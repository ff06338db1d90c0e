package io.tillkeeper.sync;

import io.tillkeeper.odoo.KeyCare;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.OdooGateway;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches when the API key ends, where Odoo tells: asks once after each time that the link came up,
 * and then daily, among the calls by which the link is tried. What it knows is in memory, and asked
 * again after a start.
 */
@ApplicationScoped
public class KeyWatch {

  private static final Logger LOG = Logger.getLogger(KeyWatch.class);
  private static final Duration EVERY = Duration.ofDays(1);

  private final GuardedOdoo odoo;
  private final Link link;
  private final InstantSource clock;
  private volatile @Nullable Instant expiresAt;
  private volatile boolean wanted;

  /** When it was asked, and when the link had come up by which; null to ask anew. */
  private volatile @Nullable Look last;

  private @Nullable Instant warnedAt;

  private record Look(Instant at, Instant linkSince) {}

  KeyWatch(GuardedOdoo odoo, Link link, InstantSource clock) {
    this.odoo = odoo;
    this.link = link;
    this.clock = clock;
  }

  /** When the key ends, as Odoo said last; empty when it has not said, or there is no end. */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }

  /** The key may be another: Odoo is asked at the next occasion. */
  public void keyChanged() {
    last = null;
    wanted = true;
  }

  /** It is time for a look, if one is due. */
  void want() {
    wanted = true;
  }

  /** Asks, when that is wanted and due and the link is up; called by the worker's thread alone. */
  void look() {
    if (!wanted) {
      return;
    }
    wanted = false;
    if (link.state() instanceof LinkState.Up up && isDue(up.since())) {
      try {
        // what makes it due again while it is being asked is not to be missed
        last = new Look(clock.instant(), up.since());
        learned(odoo.call(OdooGateway::keyExpiry).orElse(null));
      } catch (LinkLost lost) {
        last = null; // the link knows
      }
    }
  }

  private boolean isDue(Instant linkSince) {
    var look = last;
    if (look == null || !look.linkSince.equals(linkSince)) {
      return true;
    }
    // the other way round too: the clock may have been set back
    return Duration.between(look.at, clock.instant()).abs().compareTo(EVERY) >= 0;
  }

  private void learned(@Nullable Instant end) {
    var before = expiresAt;
    expiresAt = end;
    if (end == null ? before != null : !end.equals(before)) {
      warnedAt = null;
      link.tell();
    }
    var now = clock.instant();
    if (end != null && end.isBefore(now.plus(KeyCare.NOTICE)) && isNews(now)) {
      warnedAt = now;
      LOG.warnf(
          "The API key ends on %s, in %d days; then nothing is sent to Odoo any more. 'tillkeeper key rotate' renews it.",
          end.atZone(ZoneOffset.UTC).toLocalDate(),
          Math.max(0, Duration.between(now, end).toDays()));
    }
  }

  private boolean isNews(Instant now) {
    return warnedAt == null || Duration.between(warnedAt, now).abs().compareTo(EVERY) >= 0;
  }
}
