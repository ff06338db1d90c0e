package io.tillkeeper.api;

import io.tillkeeper.access.Scope;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which scope a call needs. What a till and nobody may do is listed; whatever is not listed needs
 * more, so that a path which is written in another way, or a call that is new, is not open by
 * accident.
 */
final class AccessRules {

  static final String EXCHANGE = "/api/v1/tokens";

  /** What the browser needs before it is paired; there is no customer in it. */
  private static final Pattern PAGE =
      Pattern.compile(
          "/|/console/([a-z0-9-]+/)*[a-z0-9-]+\\.[a-z]+|/tillkeeper\\.js|/asyncapi\\.yaml");

  private static final String LIVENESS = "/q/health/live";
  private static final Pattern MACHINE = Pattern.compile("/q/(metrics|health(/.*)?)");
  private static final Pattern DESCRIPTION = Pattern.compile("/q/openapi");

  /** A ref or {@code odoo:42}, with nothing in it that could be the end of a segment. */
  private static final String ID = "(?:[A-Za-z0-9:._~-]|%3[Aa])+";

  private static final Pattern TILL_READS =
      Pattern.compile(
          "/api/v1/(status|feed|history|customers(/%s)?|operations(/%s)?)".formatted(ID, ID));
  private static final Pattern TILL_SENDS =
      Pattern.compile("/api/v1/(customers|customers/search|rpc)");
  private static final Pattern TILL_CHANGES = Pattern.compile("/api/v1/customers/" + ID);

  /** Written as the API writes it; the framework could take any other for one of the box. */
  private static final Pattern PLAIN = Pattern.compile("/api/v1(/%s)+/?".formatted(ID));

  /** Who may call, and all customers at once. */
  private static final Pattern OF_THE_BOX =
      Pattern.compile("/api/v1/(pairings|tokens|exports)(/.*)?");

  private static final Set<String> READING = Set.of("GET", "HEAD");

  private AccessRules() {}

  /** Empty where none is needed. */
  static Optional<Scope> needed(String method, String path) {
    var reading = READING.contains(method);
    if (reading && (PAGE.matcher(path).matches() || path.equals(LIVENESS))
        || method.equals("POST") && path.equals(EXCHANGE)) {
      return Optional.empty();
    }
    if (reading && MACHINE.matcher(path).matches()) {
      return Optional.of(Scope.METRICS);
    }
    if (mayTill(method, path, reading)) {
      return Optional.of(Scope.TILL);
    }
    return Optional.of(
        PLAIN.matcher(path).matches() && !OF_THE_BOX.matcher(path).matches()
            ? Scope.OPERATOR
            : Scope.BOX);
  }

  private static boolean mayTill(String method, String path, boolean reading) {
    var allowed =
        reading
            ? TILL_READS
            : switch (method) {
              case "POST" -> TILL_SENDS;
              case "PATCH" -> TILL_CHANGES;
              default -> null;
            };
    return allowed != null && allowed.matcher(path).matches()
        || reading && DESCRIPTION.matcher(path).matches();
  }
}
