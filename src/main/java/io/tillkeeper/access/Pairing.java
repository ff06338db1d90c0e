package io.tillkeeper.access;

import io.tillkeeper.access.FailedAttempts.Secret;
import io.tillkeeper.queue.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How a page gets its token: a person on the box asks for a short code, and types it into the page.
 * A code is good once, for that page, for two minutes, unless it is guessed at too often, and is
 * forgotten with the process.
 */
@ApplicationScoped
public class Pairing {

  private static final Logger LOG = Logger.getLogger(Pairing.class);

  private final Offers offers;
  private final Grants grants;
  private final FailedAttempts failures;
  private final AuditTrail audit;
  private final Event<TokenRevoked> revocations;

  Pairing(
      Offers offers,
      Grants grants,
      FailedAttempts failures,
      AuditTrail audit,
      Event<TokenRevoked> revocations) {
    this.offers = offers;
    this.grants = grants;
    this.failures = failures;
    this.audit = audit;
    this.revocations = revocations;
  }

  /**
   * A code that waits for its page.
   *
   * @param by who asked for it
   */
  public record Offer(
      String code, Scope scope, Holder holder, String name, String by, Instant expiresAt) {}

  /** What became of a code that was shown. */
  public sealed interface Exchange {

    /** It was right, and is used up. */
    record Paired(Grants.Given given) implements Exchange {}

    /** There is none like it for this page. */
    record Refused() implements Exchange {}

    /** It was right, and was withdrawn before: somebody had guessed at it too often. */
    record Withdrawn() implements Exchange {}

    /** Too many were tried; this one was not looked at. */
    record TooMany() implements Exchange {}
  }

  /** Makes a code. */
  public Offer offer(Scope scope, Holder holder, String name, String by) {
    return offers.make(scope, holder, name, by);
  }

  /** Whether a code waits for the pages of this origin. */
  boolean awaits(String origin) {
    return offers.areFor(origin);
  }

  /**
   * Gives a token for a code. It is in the audit trail, and the token on the disk, when this
   * returns.
   */
  public Exchange exchange(String code, Call call) {
    if (!Offers.isCode(code)) {
      return new Exchange.Refused();
    }
    if (failures.areTooMany(Secret.CODE, call.peer())) {
      return new Exchange.TooMany();
    }
    return switch (offers.take(code, call)) {
      case Offers.Found.Taken taken -> new Exchange.Paired(give(taken.offer()));
      case Offers.Found.Withdrawn withdrawn -> new Exchange.Withdrawn();
      case Offers.Found.None none -> {
        failures.add(Secret.CODE, call.peer());
        yield new Exchange.Refused();
      }
    };
  }

  private Grants.Given give(Offer offer) {
    audit.record(
        offer.by(),
        "pair",
        "%s: %s".formatted(offer.scope().code(), described(offer.holder(), offer.name())));
    var given = grants.give(offer.scope(), offer.holder(), offer.name());
    // who did it, and what they call it, is in the audit trail: what is typed there can be
    // anybody's name
    LOG.infof(
        "Paired for %s: %s, token %s.",
        offer.scope().code(), offer.holder().text(), given.grant().id());
    return given;
  }

  private static String described(Holder holder, String name) {
    return name.isEmpty() ? holder.text() : holder.text() + " (" + name + ")";
  }

  /**
   * Has a token be good for nothing from now on; empty when there is none of that id. It is in the
   * audit trail first, and is revoked where that cannot be written, too.
   */
  public Optional<Grant> revoke(String id, String by) {
    var known = grants.all().stream().filter(grant -> grant.id().equals(id)).findFirst();
    known.ifPresent(grant -> revoke(grant, by));
    return known;
  }

  private void revoke(Grant grant, String by) {
    try {
      audit.record(by, "unpair", described(grant.holder(), grant.name()));
    } finally {
      grants.revoke(grant.id());
      revocations.fire(new TokenRevoked(grant.id()));
      LOG.infof("The token %s of %s was revoked.", grant.id(), grant.holder().text());
    }
  }
}
