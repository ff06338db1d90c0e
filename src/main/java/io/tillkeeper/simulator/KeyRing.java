package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of the one user. They follow what Odoo documents of its {@code res.users.apikeys}
 * and what its public source says, and no recording: there is none of it.
 */
final class KeyRing {

  /** A key that the user has; its text is shown to nobody but the one who was given it. */
  record Key(
      long id,
      String name,
      @Nullable String scope,
      String text,
      Instant created,
      @Nullable Instant expires) {}

  private static final int MOST_LIVE = 10;
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final String UNKNOWN = "The provided API key is invalid";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  private final InstantSource clock;
  private final boolean programmatic;
  private final SecureRandom random = new SecureRandom();
  private final List<Key> keys = new ArrayList<>();
  private long lastId;

  KeyRing(SimulatorOptions options) {
    this.clock = options.clock();
    this.programmatic = options.keys().programmatic();
    add("Till", null, options.apiKey(), options.keys().firstExpiresAt());
  }

  /** A new key, not yet one of the user's. */
  synchronized Key make(String name, @Nullable String scope, @Nullable Instant expires) {
    byte[] bytes = new byte[20];
    random.nextBytes(bytes);
    return new Key(
        ++lastId, name, scope, HexFormat.of().formatHex(bytes), clock.instant(), expires);
  }

  private void add(String name, @Nullable String scope, String text, @Nullable Instant expires) {
    add(new Key(++lastId, name, scope, text, clock.instant(), expires));
  }

  synchronized void add(Key key) {
    keys.add(key);
  }

  synchronized void remove(Key key) {
    keys.remove(key);
  }

  synchronized List<Key> all() {
    return List.copyOf(keys);
  }

  boolean opens(String text) {
    return find(text) != null;
  }

  /** All of the user's keys, expired ones too, whatever the domain: nobody else has any. */
  JsonNode show(Call call, Setting setting) {
    ArrayNode shown = Json.array();
    for (Key key : all()) {
      ObjectNode record = shown.addObject().put("id", key.id());
      for (JsonNode field : call.argument("fields")) {
        record.set(field.asText(), value(key, field.asText(), setting));
      }
    }
    return shown;
  }

  private static JsonNode value(Key key, String field, Setting setting) {
    boolean known = !field.equals("expiration_date") || setting.version().atLeast(OdooVersion.V18);
    return switch (known ? field : "") {
      case "id" -> Json.tree(key.id());
      case "name" -> Json.tree(key.name());
      case "scope" -> key.scope() == null ? Json.tree(false) : Json.tree(key.scope());
      case "user_id" -> Json.array().add(setting.uid()).add("Till");
      case "create_date" -> date(key.created());
      case "expiration_date" -> date(key.expires());
      default ->
          throw OdooError.value("Invalid field '" + field + "' on '" + Method.API_KEYS + "'");
    };
  }

  /** Makes a key for one who shows another one of the same user. */
  JsonNode generate(Call call, Transaction transaction, boolean administrator) {
    requireProgrammatic(administrator);
    if (find(call.argument("key").asText()) == null) {
      throw denied(UNKNOWN + " or does not belong to the current user.");
    }
    if (all().stream().filter(this::isLive).count() >= MOST_LIVE) {
      throw user("Limit of " + MOST_LIVE + " API keys is reached for programmatic creation");
    }
    Instant expires = expiry(call.argument("expiration_date"), administrator);
    JsonNode scope = call.argument("scope");
    Key made =
        make(call.argument("name").asText(), Json.isFalsy(scope) ? null : scope.asText(), expires);
    transaction.onCommit(() -> add(made));
    return Json.tree(made.text());
  }

  JsonNode revoke(Call call, Transaction transaction, boolean administrator) {
    requireProgrammatic(administrator);
    Key key = find(call.argument("key").asText());
    if (key == null) {
      throw denied(UNKNOWN + ".");
    }
    transaction.onCommit(() -> remove(key));
    return Json.tree(true);
  }

  private void requireProgrammatic(boolean administrator) {
    if (!programmatic && !administrator) {
      throw user("Programmatic API keys are not enabled");
    }
  }

  private @Nullable Instant expiry(JsonNode given, boolean administrator) {
    if (Json.isFalsy(given)) {
      if (administrator) {
        return null;
      }
      throw OdooError.validation("The API key must have an expiration date");
    }
    try {
      Instant expires = LocalDateTime.parse(given.asText(), DATE).toInstant(ZoneOffset.UTC);
      if (!administrator && expires.isAfter(clock.instant().plus(LONGEST))) {
        throw OdooError.validation("You cannot exceed 90.0 days.");
      }
      return expires;
    } catch (DateTimeParseException e) {
      throw OdooError.value(e.getMessage());
    }
  }

  private @Nullable Key find(String text) {
    return all().stream()
        .filter(key -> key.text().equals(text) && isLive(key))
        .findFirst()
        .orElse(null);
  }

  private boolean isLive(Key key) {
    return key.expires() == null || key.expires().isAfter(clock.instant());
  }

  private static JsonNode date(@Nullable Instant moment) {
    return moment == null
        ? Json.tree(false)
        : Json.tree(DATE.format(moment.truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC)));
  }

  private static OdooError denied(String words) {
    return OdooError.of("odoo.exceptions.AccessDenied", words);
  }

  private static OdooError user(String words) {
    return OdooError.of("odoo.exceptions.UserError", words);
  }
}
