package io.tillkeeper.access;

import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.access.FailedAttempts.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Says of each call whether it may be. */
@ApplicationScoped
public class Callers {

  private static final Logger LOG = Logger.getLogger(Callers.class);

  private final AccessConfig config;
  private final Grants grants;
  private final BoxToken box;
  private final Pairing pairing;
  private final FailedAttempts failures;

  Callers(
      AccessConfig config, Grants grants, BoxToken box, Pairing pairing, FailedAttempts failures) {
    this.config = config;
    this.grants = grants;
    this.box = box;
    this.pairing = pairing;
    this.failures = failures;
  }

  /** What is said of a call. */
  public enum Verdict {
    ADMITTED,
    /** It shows none. */
    WITHOUT_TOKEN,
    /** It was never given out, or was revoked. */
    UNKNOWN_TOKEN,
    /** The same, once too often. */
    TOO_MANY_UNKNOWN,
    /** It was given to another page, or to none. */
    OF_ANOTHER,
    /** It is not good for this. */
    OUT_OF_SCOPE
  }

  void start(@Observes StartupEvent event) {
    if (!areProtected()) {
      LOG.warn(
          "Every program on this machine may call, without a token (tillkeeper.access.protection=unprotected).");
    }
  }

  /** Whether calls need a token. */
  public boolean areProtected() {
    return config.protection() == AccessConfig.Protection.PAIRED;
  }

  /** Whether the pages of an origin were paired, or are being. */
  public boolean know(String origin) {
    return grants.all().stream().anyMatch(grant -> grant.holder().text().equals(origin))
        || pairing.awaits(origin);
  }

  /**
   * Judges a call. One of the holder's is the last use of the token, good for that call or not.
   *
   * @param token what it shows; null when it shows none
   */
  public Verdict judge(@Nullable String token, Call call, Scope needed) {
    if (token == null) {
      return Verdict.WITHOUT_TOKEN;
    }
    if (box.is(token)) {
      return Holder.PROGRAM.made(call) ? Verdict.ADMITTED : Verdict.OF_ANOTHER;
    }
    var found = grants.find(token);
    if (found.isEmpty()) {
      return unknown(call);
    }
    var grant = found.get();
    if (!grant.holder().made(call)) {
      return Verdict.OF_ANOTHER;
    }
    grants.used(grant);
    return grant.scope().allows(needed) ? Verdict.ADMITTED : Verdict.OUT_OF_SCOPE;
  }

  /** The good ones are let in whoever guesses beside them. */
  private Verdict unknown(Call call) {
    if (failures.areTooMany(Secret.TOKEN, call.peer())) {
      return Verdict.TOO_MANY_UNKNOWN;
    }
    failures.add(Secret.TOKEN, call.peer());
    return Verdict.UNKNOWN_TOKEN;
  }
}
