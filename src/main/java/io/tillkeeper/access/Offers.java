package io.tillkeeper.access;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The codes that wait for their pages, for two minutes each. One that is guessed at too often,
 * whoever does it, is withdrawn.
 */
@ApplicationScoped
class Offers {

  private static final Logger LOG = Logger.getLogger(Offers.class);
  private static final Duration LIFE = Duration.ofMinutes(2);
  private static final int MOST_CODES = 8;
  private static final int LENGTH = 8;

  /** Wrong ones that a code outlives: more than a person mistypes. */
  private static final int MOST_GUESSES = 10;

  /** Without those that look like another. */
  private static final String LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

  private final SecureRandom random = new SecureRandom();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final InstantSource clock;

  Offers(InstantSource clock) {
    this.clock = clock;
  }

  /** One of them, and how often it was guessed at. */
  private static final class Waiting {

    private final Pairing.Offer offer;
    private int guesses;

    Waiting(Pairing.Offer offer) {
      this.offer = offer;
    }

    boolean isWithdrawn() {
      return guesses >= MOST_GUESSES;
    }
  }

  /** What a code that was shown turned out to be. */
  sealed interface Found {

    /** It was right, and is used up. */
    record Taken(Pairing.Offer offer) implements Found {}

    /** It was right, and is good for nothing any more. */
    record Withdrawn() implements Found {}

    /** There is none like it for whom it came from. */
    record None() implements Found {}
  }

  synchronized Pairing.Offer make(Scope scope, Holder holder, String name, String by) {
    forgetOld();
    while (waiting.size() >= MOST_CODES) {
      waiting.removeFirst();
    }
    var offer = new Pairing.Offer(code(), scope, holder, name, by, clock.instant().plus(LIFE));
    waiting.addLast(new Waiting(offer));
    return offer;
  }

  private String code() {
    var code = new StringBuilder();
    while (code.length() < LENGTH) {
      code.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return code.insert(LENGTH / 2, '-').toString();
  }

  /** Whether one waits for the pages of this origin. */
  synchronized boolean areFor(String origin) {
    forgetOld();
    return waiting.stream().anyMatch(each -> each.offer.holder().text().equals(origin));
  }

  /** Whether it could be one; what cannot is no guess, since nothing is learnt by it. */
  static boolean isCode(String shown) {
    return plain(shown).length() == LENGTH;
  }

  /** Takes the one that is meant. Without any, it was a guess at each that it could have been. */
  synchronized Found take(String shown, Call call) {
    forgetOld();
    var wanted = Token.hash(plain(shown));
    var possible = waiting.stream().filter(each -> each.offer.holder().made(call)).toList();
    Optional<Waiting> meant = Optional.empty();
    for (var each : possible) {
      if (Token.same(wanted, Token.hash(plain(each.offer.code())))) {
        meant = Optional.of(each);
      }
    }
    if (meant.isEmpty()) {
      possible.forEach(Offers::guessed);
      return new Found.None();
    }
    return use(meant.get());
  }

  /** One that was withdrawn stays, so that whoever types it is told so each time. */
  private Found use(Waiting one) {
    if (one.isWithdrawn()) {
      return new Found.Withdrawn();
    }
    waiting.remove(one);
    return new Found.Taken(one.offer);
  }

  private static void guessed(Waiting one) {
    one.guesses++;
    if (one.guesses == MOST_GUESSES) {
      LOG.warnf(
          "The code for %s is withdrawn: %d others were tried. 'tillkeeper pair' makes a new one.",
          one.offer.holder().text(), MOST_GUESSES);
    }
  }

  /** However a person types it. */
  private static String plain(String code) {
    return code.replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
  }

  private void forgetOld() {
    var now = clock.instant();
    waiting.removeIf(each -> !now.isBefore(each.offer.expiresAt()));
  }
}
