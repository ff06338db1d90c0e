package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Connector.Connection;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import io.tillkeeper.odoo.ErrorTable.Meaning;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Odoo says and does about the API keys of the user whose key this is. It rests on Odoo's
 * public source and documentation of {@code res.users.apikeys}, and on no recording of a server.
 */
final class KeyBook {

  /** The first version whose keys end. */
  private static final int FIRST_WITH_EXPIRY = 18;

  /** The first version that makes keys for a program. */
  private static final int FIRST_WITH_GENERATE = 19;

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String MODEL = "res.users.apikeys";
  private static final String EXPIRY = "expiration_date";
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  /** A key as Odoo shows it: not the key itself. */
  private record Listed(long id, String name, String created, @Nullable Instant ends) {}

  private final Connection connection;

  KeyBook(Connection connection) {
    this.connection = connection;
  }

  /** The name of a key that Tillkeeper makes on this box. */
  static String nameHere() {
    try {
      return "Tillkeeper on " + InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "Tillkeeper";
    }
  }

  boolean canGenerate() {
    return PartnerSearch.major(connection.server().version()) >= FIRST_WITH_GENERATE;
  }

  /**
   * When the key in use ends, as far as Odoo tells. It does not tell which of the user's keys that
   * is: the newest that Tillkeeper made here, else the only one, else the one that ends first is
   * taken for it. A key that has ended is not in use, since Odoo answers.
   *
   * @throws LinkLost when Odoo does not answer
   */
  Optional<Instant> expiry(Instant now) {
    if (PartnerSearch.major(connection.server().version()) < FIRST_WITH_EXPIRY) {
      return Optional.empty();
    }
    List<Listed> all = list();
    List<Listed> live =
        all.stream().filter(key -> key.ends == null || key.ends.isAfter(now)).toList();
    List<Listed> keys = live.isEmpty() ? all : live; // or the clock of this box is wrong
    String own = nameHere();
    Optional<Listed> made =
        keys.stream()
            .filter(key -> key.name.equals(own))
            .max(Comparator.comparing(Listed::created).thenComparing(Listed::id));
    return made.isPresent()
        ? Optional.ofNullable(made.get().ends)
        : keys.stream().flatMap(key -> Stream.ofNullable(key.ends)).min(Comparator.naturalOrder());
  }

  private List<Listed> list() {
    if (!(ask("res.users", "context_get", NODES.objectNode()) instanceof Result(var context))
        || !WireReader.isId(context.path("uid"))) {
      return List.of();
    }
    ObjectNode arguments = NODES.objectNode();
    arguments.putArray("domain").addArray().add("user_id").add("=").add(context.get("uid"));
    arguments.putArray("fields").add("name").add("create_date").add(EXPIRY);
    if (!(ask(MODEL, "search_read", arguments) instanceof Result(var records))) {
      return List.of();
    }
    List<Listed> keys = new ArrayList<>();
    for (JsonNode record : records) {
      keys.add(
          new Listed(
              record.path("id").asLong(),
              record.path("name").asText(),
              record.path("create_date").asText(),
              date(record.path(EXPIRY))));
    }
    return keys;
  }

  private static @Nullable Instant date(JsonNode text) {
    try {
      return text.isTextual()
          ? LocalDateTime.parse(text.textValue(), DATE).toInstant(ZoneOffset.UTC)
          : null;
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Has a new key made; the answer is its text. */
  Dialect.Answer generate(ApiKey present, Instant ends) {
    ObjectNode arguments = NODES.objectNode();
    arguments.put("key", present.secret()).put("scope", "rpc").put("name", nameHere());
    arguments.put(EXPIRY, DATE.format(ends.atOffset(ZoneOffset.UTC)));
    return call(MODEL, "generate", arguments);
  }

  /** Whether Odoo accepts the key of this connection. */
  boolean isAccepted() {
    return call("res.users", "context_get", NODES.objectNode()) instanceof Result;
  }

  /** Makes a key worthless. */
  Dialect.Answer revoke(ApiKey key) {
    return call(MODEL, "revoke", NODES.objectNode().put("key", key.secret()));
  }

  /** A question whose refusal is an answer too, and not of importance. */
  private Dialect.Answer ask(String model, String method, ObjectNode arguments) {
    Dialect.Answer answer = call(model, method, arguments);
    if (answer instanceof Failure failure && !(ErrorTable.of(failure) instanceof Meaning.Refused)) {
      throw ErrorTable.withoutAnswer(failure);
    }
    return answer;
  }

  private Dialect.Answer call(String model, String method, ObjectNode arguments) {
    return connection.dialect().call(new OdooCall(model, method, arguments, NODES.objectNode()));
  }
}
