package io.tillkeeper.odoo;

import io.tillkeeper.odoo.Connector.Connection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Goes the whole way to Odoo once, hop by hop, and asks what the user of the key may do there. It
 * only reads: nothing is created or changed in Odoo.
 */
public final class Checkup implements AutoCloseable {

  /** More than this, and a person would notice it on a receipt. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

  private static final String CLOCK = "clock";

  private final OdooConfig config;
  private final InstantSource clock;
  private final Connector connector;
  private final VersionedGateway gateway;

  /**
   * @param config with an address, and without {@link OdooConfigCheck#problems}
   * @param version of this program
   */
  public Checkup(OdooConfig config, String version, InstantSource clock) {
    this.config = config;
    this.clock = clock;
    this.connector = new Connector(config, version);
    this.gateway = new VersionedGateway(config, connector, clock);
  }

  /** What was found, in the order of the way; it ends where the way does. */
  public List<Finding> run() {
    List<Finding> findings = new ArrayList<>();
    URI url = config.url().orElseThrow();
    if (new WayCheck(url, config.caFile(), HttpProxy.of(config), clock).run(findings)) {
      askOdoo(findings);
    }
    return findings;
  }

  @Override
  public void close() {
    connector.close();
  }

  private void askOdoo(List<Finding> findings) {
    String subject = "Odoo";
    try {
      clock().ifPresent(findings::add);
      OdooVersion version = connector.version();
      findings.add(
          Finding.ok(
              subject,
              "Odoo %s answers, and is spoken to by %s."
                  .formatted(version.series(), version.protocol().code())));
      subject = "database";
      gateway.probe();
    } catch (LinkLost lost) {
      failed(findings, subject, lost);
      return;
    }
    findings.add(
        Finding.ok(
            "database", "The database %s is there.".formatted(config.database().orElse(""))));
    findings.add(Finding.ok("key", "Odoo accepts the API key."));
    try {
      gateway.keyExpiry().map(this::keyEnds).ifPresent(findings::add);
      Connection connection = connector.connection();
      findings.addAll(new RightsCheck(connection, config.companyIds().orElse(List.of())).run());
    } catch (LinkLost lost) {
      findings.add(Finding.error("rights", lost.diagnosis()));
    }
  }

  private Finding keyEnds(Instant end) {
    Instant now = clock.instant();
    LocalDate day = end.atZone(ZoneOffset.UTC).toLocalDate();
    String hint = "'tillkeeper key rotate' renews it.";
    if (!end.isAfter(now)) {
      String sentence = "By the clock of this box, the API key ended on %s.".formatted(day);
      return Finding.error("key", sentence, hint);
    }
    String sentence =
        "The API key ends on %s, in %d days.".formatted(day, Duration.between(now, end).toDays());
    return end.isBefore(now.plus(KeyCare.NOTICE))
        ? Finding.warning("key", sentence, hint)
        : Finding.ok("key", sentence);
  }

  private void failed(List<Finding> findings, String subject, LinkLost lost) {
    Diagnosis why = lost.diagnosis();
    if (why.hop().orElse(null) == Hop.KEY) {
      findings.add(Finding.error("key", why));
    } else {
      findings.add(Finding.error(why.hop().map(Checkup::subject).orElse(subject), why));
    }
  }

  private static String subject(Hop hop) {
    return switch (hop) {
      case NETWORK, NAME, SERVER, TLS, DATABASE, KEY -> hop.code();
      case ODOO -> "Odoo";
    };
  }

  /** The clock of this box beside that of the server; nothing when the server tells no time. */
  private Optional<Finding> clock() {
    Instant before = clock.instant();
    Optional<Instant> told = connector.time();
    Duration half = Duration.between(before, clock.instant()).dividedBy(2);
    return told.map(server -> compare(Duration.between(before.plus(half), server)));
  }

  private static Finding compare(Duration ahead) {
    Duration off = ahead.abs();
    if (off.compareTo(CLOCK_TOLERANCE) <= 0) {
      return Finding.ok(CLOCK, "The clock of this box and that of the Odoo server agree.");
    }
    return Finding.warning(
        CLOCK,
        "The clock of this box is %s %s that of the Odoo server."
            .formatted(length(off), ahead.isNegative() ? "ahead of" : "behind"),
        "'timedatectl' shows whether it is synchronised. Order and delivery do not depend on it, but"
            + " certificates and the times that are shown do.");
  }

  private static String length(Duration off) {
    return off.toHours() >= 2 ? off.toHours() + " hours" : off.toMinutes() + " minutes";
  }
}
