package io.tillkeeper.access;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a token is good for. */
@RegisterForReflection
public enum Scope {
  /** Accept, look up, status and feed. */
  TILL,
  /** What a till may, and to decide: held operations, mode, sync, rehearsals, erasures. */
  OPERATOR,
  /** The numbers and the health, and no customer. */
  METRICS,
  /**
   * Everything, pairing and exports included: the command line of this box. It is never given to a
   * page.
   */
  BOX;

  /** Those that somebody can be paired for. */
  public static Stream<Scope> given() {
    return Stream.of(TILL, OPERATOR, METRICS);
  }

  /** The scope of that name that somebody can be paired for. */
  public static Optional<Scope> of(String code) {
    return given().filter(scope -> scope.code().equals(code)).findFirst();
  }

  /** Its name in the API. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it is enough where another is asked for. */
  public boolean allows(Scope needed) {
    return switch (this) {
      case TILL, METRICS -> needed == this;
      case OPERATOR -> needed != BOX;
      case BOX -> true;
    };
  }
}
