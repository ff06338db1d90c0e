package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tillkeeper.odoo.Connector.Connection;
import io.tillkeeper.odoo.Dialect.Answer.Failure;
import io.tillkeeper.odoo.Dialect.Answer.Result;
import io.tillkeeper.odoo.ErrorTable.Meaning;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The questions that are asked of Odoo about partners, and the notes that are left with them. */
final class PartnerQueries {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String PARTNER = "res.partner";
  private static final Pattern ID = Pattern.compile("[1-9]\\d{0,17}");

  private final Connection connection;
  private final ObjectNode context;

  /**
   * @param context Odoo's context; archived partners are looked at in any case
   */
  PartnerQueries(Connection connection, ObjectNode context) {
    this.connection = connection;
    this.context = context.put("active_test", false);
  }

  ReadAnswer read(List<Long> ids, Set<String> fields) {
    ObjectNode arguments = ids(ids);
    ArrayNode names = arguments.putArray("fields");
    fields.stream().sorted().forEach(names::add);
    return records("read", arguments);
  }

  /**
   * Where Odoo has more than one answer holds, by parts: what many have in common, such as the
   * address of nobody, is not to hide the twins of others.
   */
  ReadAnswer searchTwins(TwinKeys keys) {
    var answer =
        records("search_read", PartnerSearch.arguments(keys, connection.server().version()));
    if (!(answer instanceof ReadAnswer.Records(var found)) || found.size() < PartnerSearch.MOST) {
      return answer;
    }
    return keys.size() == 1
        ? new ReadAnswer.Records(found.subList(0, PartnerSearch.MOST_OF_ONE))
        : searchParts(keys);
  }

  private ReadAnswer searchParts(TwinKeys keys) {
    var all = new LinkedHashMap<Long, PartnerRecord>();
    for (var part : keys.halves()) {
      switch (searchTwins(part)) {
        case ReadAnswer.Records(var found) ->
            found.forEach(partner -> all.putIfAbsent(partner.id(), partner));
        case ReadAnswer.Refused refused -> {
          return refused;
        }
      }
    }
    return new ReadAnswer.Records(List.copyOf(all.values()));
  }

  private ReadAnswer records(String method, ObjectNode arguments) {
    return switch (call(PARTNER, method, arguments)) {
      case Result(var records) -> new ReadAnswer.Records(RecordReader.read(records));
      case Failure failure ->
          switch (ErrorTable.of(failure)) {
            case Meaning.Refused(var reason) -> new ReadAnswer.Refused(reason, failure.message());
            case Meaning.TryAgain() -> throw ErrorTable.withoutAnswer(failure);
            case Meaning.Lost ignored -> throw ErrorTable.withoutAnswer(failure);
          };
    };
  }

  Map<Long, UUID> refs(List<Long> ids) {
    return switch (call(PARTNER, "get_external_id", ids(ids))) {
      case Result(var names) -> ownRefs(names);
      case Failure failure -> throw ErrorTable.withoutAnswer(failure);
    };
  }

  private static Map<Long, UUID> ownRefs(JsonNode names) {
    if (!names.isObject()) {
      throw WireReader.notOdoo("External ids that are none");
    }
    Map<Long, UUID> refs = new HashMap<>();
    names
        .properties()
        .forEach(
            name ->
                LoadColumns.refOf(name.getValue().asText())
                    .ifPresent(ref -> refs.put(keyed(name.getKey()), ref)));
    return refs;
  }

  private static long keyed(String id) {
    if (!ID.matcher(id).matches()) {
      throw WireReader.notOdoo("An external id of something that has no id");
    }
    return Long.parseLong(id);
  }

  /** The database id behind an external id, of a record that is not archived. */
  OptionalLong idOf(String model, String module, String name) {
    ObjectNode arguments = NODES.objectNode().put("module", module).put("xml_id", name);
    return switch (call("ir.model.data", "check_object_reference", arguments)) {
      case Result(var reference) -> id(model, reference);
      // Odoo's way to say that there is no such external id.
      case Failure(var exception, var ignored) when exception.equals("builtins.ValueError") ->
          OptionalLong.empty();
      case Failure failure -> throw ErrorTable.withoutAnswer(failure);
    };
  }

  /** Archived records come as false: they are nothing to write to. */
  private static OptionalLong id(String model, JsonNode reference) {
    if (!reference.isArray() || reference.size() != 2 || !reference.path(0).isTextual()) {
      throw WireReader.notOdoo("A reference that is none");
    }
    JsonNode id = reference.path(1);
    return id.isIntegralNumber() && reference.path(0).textValue().equals(model)
        ? OptionalLong.of(WireReader.id(id, "A reference with an id that is none"))
        : OptionalLong.empty();
  }

  /**
   * The one that changes something, if only what people read. A refusal is left at that: it is a
   * note.
   */
  Dialect.Answer note(long id, String text) {
    ObjectNode keywords = NODES.objectNode().put("body", text);
    return connection
        .dialect()
        .call(new OdooCall(PARTNER, "message_post", ids(List.of(id)), keywords, context));
  }

  private Dialect.Answer call(String model, String method, ObjectNode arguments) {
    return connection.dialect().call(new OdooCall(model, method, arguments, context));
  }

  private static ObjectNode ids(List<Long> ids) {
    ObjectNode arguments = NODES.objectNode();
    ArrayNode array = arguments.putArray("ids");
    ids.forEach(array::add);
    return arguments;
  }
}
