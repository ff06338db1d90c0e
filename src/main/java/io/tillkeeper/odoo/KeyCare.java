package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.odoo.Connector.Connection;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import io.tillkeeper.odoo.KeyRenewal.Failed;
import io.tillkeeper.odoo.KeyRenewal.Reason;
import io.tillkeeper.odoo.KeyRenewal.Renewed;
import io.tillkeeper.storage.SecretFile;
import io.tillkeeper.storage.SecretReplacement;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Knows when the API key ends, and renews it: Odoo makes a new key, it is tried, it takes the place
 * of the old one in its file, and only then is the old one revoked. Whenever that is broken off,
 * the file holds a key that works; at worst Odoo has one more key than it needs, which ends by
 * itself.
 */
public final class KeyCare implements AutoCloseable {

  /** How long before its end a key should be renewed. */
  public static final Duration NOTICE = Duration.ofDays(14);

  private static final String STAYS = "The key that was in use stays, and is as good as before.";

  private final ApiKeySource keys;
  private final InstantSource clock;
  private final Connector connector;

  /**
   * @param config with an address, and without {@link OdooConfigCheck#problems}
   * @param version of this program
   */
  public KeyCare(OdooConfig config, String version, InstantSource clock) {
    this(config, version, clock, new ApiKeySource(config));
  }

  KeyCare(OdooConfig config, String version, InstantSource clock, ApiKeySource keys) {
    this.keys = keys;
    this.clock = clock;
    this.connector = new Connector(config, version);
  }

  /** Where the key is kept. */
  public KeyPlace place() {
    return keys.place();
  }

  /**
   * When the key in use ends; empty when Odoo names no end of it.
   *
   * @throws LinkLost when Odoo does not answer, or does not accept the key
   */
  public Optional<Instant> expiry() {
    return new KeyBook(connector.connection(keys.read())).expiry(clock.instant());
  }

  /** Puts a new key, which is good for so many days, in the place of the one that is in use. */
  public KeyRenewal renew(int days) {
    KeyPlace place = keys.place();
    if (place.file() == null) {
      return new Failed(
          Reason.PLACE,
          "The key is in the configuration (tillkeeper.odoo.api-key) or the environment, where"
              + " Tillkeeper does not write.",
          "Put it on the first line of a file that only the daemon and its group may read, and set"
              + " tillkeeper.odoo.api-key-file instead.");
    }
    SecretReplacement file;
    try {
      file = SecretReplacement.beside(new SecretFile(place.file()));
    } catch (IOException e) {
      return notWritten(place, e, "Odoo was not asked.");
    }
    try (file) {
      return renew(place, file, days);
    } catch (LinkLost lost) {
      return new Failed(
          Reason.LINK, lost.diagnosis().sentence() + " " + STAYS, lost.diagnosis().hint());
    } catch (IOException e) {
      throw new IllegalStateException("closing deletes nothing that is of use", e);
    }
  }

  private KeyRenewal renew(KeyPlace place, SecretReplacement file, int days) {
    ApiKey old = keys.read();
    Connection connection = connector.connection(old);
    KeyBook book = new KeyBook(connection);
    if (!book.canGenerate()) {
      return refused(
          "Odoo %s makes no keys for a program; 19.0 is the first that does."
              .formatted(connection.server().version()),
          "Make one in Odoo by hand: preferences of the user, account security.");
    }
    // Odoo's clock says how far ahead the end may be
    Instant now = connector.time().orElseGet(clock::instant).truncatedTo(ChronoUnit.SECONDS);
    Instant ends = now.plus(days, ChronoUnit.DAYS);
    return switch (book.generate(old, ends)) {
      case Failure failure ->
          refused("Odoo makes no new key: " + words(failure, old), hint(failure));
      case Result(JsonNode text) ->
          ApiKey.of(text.asText())
              .map(made -> new Step(place, file, old, made, ends, book).take())
              .orElseGet(() -> refused("What Odoo answers is no key.", "Is it an Odoo?"));
    };
  }

  /** What is done once Odoo has made a key. */
  private final class Step {

    private final KeyPlace place;
    private final SecretReplacement file;
    private final ApiKey old;
    private final ApiKey made;
    private final Instant ends;
    private final KeyBook byOld;

    Step(
        KeyPlace place,
        SecretReplacement file,
        ApiKey old,
        ApiKey made,
        Instant ends,
        KeyBook byOld) {
      this.place = place;
      this.file = file;
      this.old = old;
      this.made = made;
      this.ends = ends;
      this.byOld = byOld;
    }

    KeyRenewal take() {
      KeyBook byNew;
      try {
        byNew = new KeyBook(connector.connection(made));
        if (!byNew.isAccepted()) {
          return refused("Odoo does not accept the key that it made. " + withdrawn(), "Try again.");
        }
      } catch (LinkLost lost) {
        String sentence = lost.diagnosis().sentence() + " " + withdrawn() + " " + STAYS;
        return new Failed(Reason.LINK, sentence, lost.diagnosis().hint());
      }
      try {
        boolean forGood = file.put(made.secret());
        return new Renewed(
            place,
            ends,
            forGood ? revoked(byNew) : "The disk may lose the new file in a power cut.");
      } catch (IOException e) {
        return notWritten(place, e, withdrawn());
      }
    }

    private String withdrawn() {
      return outcome(byOld, made)
          .map(why -> "The new key, which nobody knows, ends by itself: it was not revoked. " + why)
          .orElse("The new key was revoked again.");
    }

    private @Nullable String revoked(KeyBook byNew) {
      return outcome(byNew, old).orElse(null);
    }

    /** Why it could not be revoked; empty when it was. */
    private Optional<String> outcome(KeyBook book, ApiKey key) {
      try {
        return switch (book.revoke(key)) {
          case Result ignored -> Optional.empty();
          case Failure failure -> Optional.of("Odoo says: " + made.hideIn(words(failure, old)));
        };
      } catch (LinkLost lost) {
        return Optional.of(lost.diagnosis().sentence());
      }
    }
  }

  private static String words(Failure failure, ApiKey key) {
    return key.hideIn(failure.message());
  }

  private static String hint(Failure failure) {
    return switch (failure.name()) {
      case "odoo.exceptions.UserError" ->
          "An administrator of Odoo sets the system parameter base.enable_programmatic_api_keys to"
              + " True; a user may have 10 keys, so take away what is not in use.";
      case "odoo.exceptions.ValidationError" ->
          "An internal user's key is good for 90 days at the most: give fewer with --days.";
      default -> "'tillkeeper doctor' looks at the way to Odoo and at the key.";
    };
  }

  private static Failed refused(String sentence, String hint) {
    return new Failed(Reason.ODOO, sentence + " " + STAYS, hint);
  }

  private static Failed notWritten(KeyPlace place, IOException why, String then) {
    return new Failed(
        Reason.FILE,
        "%s cannot be written (%s). %s %s"
            .formatted(place.file(), why.getClass().getSimpleName(), then, STAYS),
        "The new file is made beside the old one, with its owner and group: give the command as"
            + " root, and on a disk that can be written.");
  }

  @Override
  public void close() {
    connector.close();
  }
}
