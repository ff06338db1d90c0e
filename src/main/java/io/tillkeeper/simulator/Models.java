package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The methods of the models, each on one transaction that is committed elsewhere. */
final class Models {

  /**
   * What a method gave back.
   *
   * @param ifLost the answer, instead of a new try, when others were faster; null for a new try
   */
  record Result(JsonNode value, @Nullable BiFunction<Set<Object>, String, JsonNode> ifLost) {}

  private final Setting setting;
  private final ApiValues values;

  Models(Setting setting) {
    this.setting = setting;
    this.values = new ApiValues(setting.version(), setting.uid());
  }

  OdooVersion version() {
    return setting.version();
  }

  Result execute(Call call, Transaction transaction) {
    if (call.method() == Method.LOAD) {
      LoadCall load = new LoadCall(setting, transaction, call.context());
      ObjectNode result = load.run(call.argument("fields"), call.argument("data"));
      return new Result(result, load::lostTo);
    }
    Reading reading = new Reading(setting, transaction);
    JsonNode value =
        switch (call.method()) {
          case LOAD -> throw new IllegalStateException("done above");
          case CREATE -> create(transaction, call.argument("vals_list"));
          case WRITE -> write(transaction, call);
          case UNLINK -> unlink(transaction, call);
          case READ -> reading.show(existing(transaction, call), call.argument("fields"));
          case EXISTS -> ids(existing(transaction, call));
          case GET_EXTERNAL_ID -> externalIds(transaction, call);
          case SEARCH -> ids(reading.search(call));
          case SEARCH_COUNT -> Json.tree(reading.search(call).size());
          case SEARCH_READ -> reading.show(reading.search(call), call.argument("fields"));
          // the chatter itself is not kept; the call is in the journal
          case MESSAGE_POST -> ids(required(transaction, call));
          case FIELDS_GET -> fieldsGet(call);
          case HAS_ACCESS, CHECK_ACCESS_RIGHTS, USERS_HAVE_ACCESS, CHECK_USERS_ACCESS_RIGHTS ->
              hasAccess(call);
          case USERS_READ -> Json.array().add(user());
          case CONTEXT_GET ->
              Json.object().put("lang", "en_US").put("tz", "UTC").put("uid", setting.uid());
          case KEYS_SEARCH_READ -> setting.keys().show(call, setting);
          case GENERATE_KEY -> setting.keys().generate(call, transaction, isAdministrator());
          case REVOKE_KEY -> setting.keys().revoke(call, transaction, isAdministrator());
          case CHECK_OBJECT_REFERENCE -> checkObjectReference(transaction, call);
        };
    return new Result(value, null);
  }

  private JsonNode hasAccess(Call call) {
    return Json.tree(
        setting.rights().allow(call.method().model(), call.argument("operation").asText()));
  }

  private boolean isAdministrator() {
    return setting.rights().has(Right.USERS);
  }

  /** The one user, who works for the one company. */
  private ObjectNode user() {
    ObjectNode user = Json.object().put("id", setting.uid());
    user.putArray("company_ids").add(1);
    return user;
  }

  /** One id for one record given as an object, a list of ids for a list. */
  private JsonNode create(Transaction transaction, JsonNode records) {
    setting.rights().require(Right.CREATE);
    ArrayNode ids = Json.array();
    for (JsonNode record : records.isArray() ? Json.elements(records) : List.of(records)) {
      ids.add(setting.rules().create(transaction, values.read(transaction, record, null)).id());
    }
    return records.isArray() ? ids : ids.get(0);
  }

  private JsonNode write(Transaction transaction, Call call) {
    setting.rights().require(Right.WRITE);
    for (PartnerRow row : required(transaction, call)) {
      setting.rules().write(transaction, row, values.read(transaction, call.argument("vals"), row));
    }
    return Json.tree(true);
  }

  private JsonNode unlink(Transaction transaction, Call call) {
    setting.rights().require(Right.UNLINK);
    required(transaction, call).forEach(row -> setting.rules().delete(transaction, row));
    return Json.tree(true);
  }

  private List<PartnerRow> required(Transaction transaction, Call call) {
    List<PartnerRow> rows = new ArrayList<>();
    for (long id : idsOf(call)) {
      PartnerRow row = transaction.row(id);
      if (row == null) {
        throw OdooError.missing(Field.PARTNER, id, setting.uid());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<PartnerRow> existing(Transaction transaction, Call call) {
    List<PartnerRow> rows = new ArrayList<>();
    for (long id : idsOf(call)) {
      if (transaction.row(id) instanceof PartnerRow row) {
        rows.add(row);
      }
    }
    return rows;
  }

  private static List<Long> idsOf(Call call) {
    JsonNode ids = call.argument("ids");
    return ids.isArray()
        ? Json.elements(ids).stream().map(JsonNode::asLong).toList()
        : ids.isNumber() ? List.of(ids.asLong()) : List.of();
  }

  private static ArrayNode ids(List<PartnerRow> rows) {
    ArrayNode ids = Json.array();
    rows.forEach(row -> ids.add(row.id()));
    return ids;
  }

  private static JsonNode externalIds(Transaction transaction, Call call) {
    ObjectNode found = Json.object();
    for (long id : idsOf(call)) {
      List<String> names = transaction.externalIdsOf(id);
      found.put(Long.toString(id), names.isEmpty() ? "" : names.getFirst());
    }
    return found;
  }

  private JsonNode fieldsGet(Call call) {
    JsonNode wanted = call.argument("allfields");
    ObjectNode shown = Json.object();
    setting
        .fields()
        .forEach(
            (name, field) -> {
              if (Json.isFalsy(wanted) || Json.elements(wanted).contains(Json.tree(name))) {
                shown.set(name, describe(field, call.argument("attributes")));
              }
            });
    return shown;
  }

  private static ObjectNode describe(Field field, JsonNode attributes) {
    ObjectNode all = Json.object();
    all.put("type", field.kind().name().toLowerCase(Locale.ROOT));
    all.put("string", field.label()).put("readonly", field.readonly()).put("required", false);
    if (!Json.isFalsy(attributes)) {
      all.retain(Json.elements(attributes).stream().map(JsonNode::asText).toList());
    }
    return all;
  }

  /** The id, or false for an archived partner: its search does not find it. */
  private static JsonNode checkObjectReference(Transaction transaction, Call call) {
    String name = call.argument("module").asText() + "." + call.argument("xml_id").asText();
    if (Reference.byExternalId(name).orElse(null) instanceof Reference.Target other) {
      return Json.array().add(other.model()).add(other.id());
    }
    ExternalId known = transaction.externalId(name);
    PartnerRow row = known == null ? null : transaction.row(known.partner());
    if (row == null) {
      throw OdooError.value("External ID not found in the system: " + name);
    }
    ArrayNode found = Json.array().add(Field.PARTNER);
    return row.active() ? found.add(row.id()) : found.add(false);
  }
}
