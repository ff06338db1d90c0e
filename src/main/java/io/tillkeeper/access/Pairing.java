package io.tillkeeper.access;

import io.tillkeeper.queue.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * How a page gets its token: a person on the box asks for a short code, and types it into the page.
 * A code is good once, for that page, for two minutes, and is forgotten with the process.
 */
@ApplicationScoped
public class Pairing {

  private static final Logger LOG = Logger.getLogger(Pairing.class);
  private static final Duration LIFE = Duration.ofMinutes(2);
  private static final int MOST_CODES = 8;
  private static final int LENGTH = 8;

  /** Without those that look like another. */
  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  private final SecureRandom random = new SecureRandom();
  private final Deque<Offer> offers = new ArrayDeque<>();
  private final Grants grants;
  private final FailedAttempts failures;
  private final AuditTrail audit;
  private final Event<TokenRevoked> revocations;
  private final InstantSource clock;

  Pairing(
      Grants grants,
      FailedAttempts failures,
      AuditTrail audit,
      Event<TokenRevoked> revocations,
      InstantSource clock) {
    this.grants = grants;
    this.failures = failures;
    this.audit = audit;
    this.revocations = revocations;
    this.clock = clock;
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

    /** Too many were tried; this one was not looked at. */
    record TooMany() implements Exchange {}
  }

  /** Makes a code. */
  public synchronized Offer offer(Scope scope, Holder holder, String name, String by) {
    forgetOld();
    while (offers.size() >= MOST_CODES) {
      offers.removeFirst();
    }
    var offer = new Offer(code(), scope, holder, name, by, clock.instant().plus(LIFE));
    offers.addLast(offer);
    return offer;
  }

  private String code() {
    var code = new StringBuilder();
    while (code.length() < LENGTH) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.insert(LENGTH / 2, '-').toString();
  }

  /** Whether a code waits for the pages of this origin. */
  synchronized boolean awaits(String origin) {
    forgetOld();
    return offers.stream().anyMatch(offer -> offer.holder().text().equals(origin));
  }

  /**
   * Gives a token for a code. It is in the audit trail, and the token on the disk, when this
   * returns.
   */
  public Exchange exchange(String code, Call call) {
    if (failures.areTooMany(call.peer())) {
      return new Exchange.TooMany();
    }
    var taken = take(code, call);
    if (taken.isEmpty()) {
      failures.add(call.peer());
      return new Exchange.Refused();
    }
    return new Exchange.Paired(give(taken.get()));
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

  private synchronized Optional<Offer> take(String code, Call call) {
    forgetOld();
    var wanted = Token.hash(plain(code));
    Optional<Offer> found = Optional.empty();
    for (var each = offers.iterator(); each.hasNext(); ) {
      var offer = each.next();
      if (Token.same(wanted, Token.hash(plain(offer.code()))) && offer.holder().made(call)) {
        found = Optional.of(offer);
        each.remove();
      }
    }
    return found;
  }

  /** However a person types it. */
  private static String plain(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  private void forgetOld() {
    var now = clock.instant();
    offers.removeIf(offer -> !now.isBefore(offer.expiresAt()));
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
