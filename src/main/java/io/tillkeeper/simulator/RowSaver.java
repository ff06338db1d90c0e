package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Saves the rows of a {@code load}: finds the partner of each, or makes it. */
final class RowSaver {

  private final Setting setting;
  private final Transaction transaction;
  private final boolean createIfAbsent;
  private final boolean noupdate;
  private final Set<Long> created = new HashSet<>();
  private final Map<Integer, Set<Object>> touched = new HashMap<>();

  RowSaver(Setting setting, Transaction transaction, JsonNode context) {
    this.setting = setting;
    this.transaction = transaction;
    this.createIfAbsent = context.path("mode").asText().equals("update");
    this.noupdate = !Json.isFalsy(context.path("noupdate"));
  }

  /** The rows that took one of these external ids or changed one of these partners. */
  List<Integer> recordsThatTouched(Set<Object> keys) {
    return touched.entrySet().stream()
        .filter(record -> record.getValue().stream().anyMatch(keys::contains))
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  /** Saves one row, or refuses it without having changed anything; gives the id of its partner. */
  long save(LoadRow row) {
    String externalId = row.externalId();
    if (externalId != null) {
      Reference.byExternalId(externalId).ifPresent(other -> refuseOtherModel(externalId, other));
      ExternalId known = transaction.externalId(externalId);
      if (known == null) {
        PartnerRow made = create(row);
        bind(externalId, made.id(), row.record());
        return made.id();
      }
      if (!(createIfAbsent && known.noupdate())) {
        update(row, known.partner());
      }
      return known.partner();
    }
    if (row.databaseId() != null) {
      update(row, row.databaseId());
      return row.databaseId();
    }
    return create(row).id();
  }

  private PartnerRow create(LoadRow row) {
    setting.rights().require(Right.CREATE);
    checkCreditLimit(row);
    if (row.externalId() != null && row.externalId().matches("(?s)[^.]*\\..*\\s.*")) {
      throw OdooError.of(
          "psycopg2.errors.CheckViolation",
          "new row for relation \"ir_model_data\" violates check constraint"
              + " \"ir_model_data_name_nospaces\"\n");
    }
    PartnerRow made = setting.rules().create(transaction, row.values());
    created.add(made.id());
    return made;
  }

  private void bind(String externalId, long partner, int record) {
    transaction.bind(externalId, new ExternalId(partner, noupdate));
    touched.computeIfAbsent(record, key -> new HashSet<>()).add(externalId);
  }

  private void update(LoadRow row, long partner) {
    setting.rights().require(Right.WRITE);
    PartnerRow before = transaction.row(partner);
    if (before == null) {
      throw OdooError.missing(Field.PARTNER, partner, setting.uid());
    }
    setting.rules().write(transaction, before, row.values());
    touched.computeIfAbsent(row.record(), key -> new HashSet<>()).add(partner);
  }

  /**
   * Creating a contact of a company reads an accounting field in 18 and 19; in 18 not when the
   * company is made by the same call.
   */
  private void checkCreditLimit(LoadRow row) {
    boolean strict =
        setting.version().atLeast(OdooVersion.V18) && !setting.rights().has(Right.ACCOUNTING);
    if (strict && row.values().get("parent_id") instanceof Long parent) {
      if (setting.version().atLeast(OdooVersion.V19) || !created.contains(parent)) {
        throw setting.rights().creditLimitRefused(setting.uid());
      }
    }
  }

  private static void refuseOtherModel(String externalId, Reference.Target other) {
    throw OdooError.validation(
        "For external id "
            + externalId
            + " when trying to create/update a record of model res.partner found record of"
            + " different model "
            + other.model()
            + " ("
            + other.id()
            + ")");
  }
}
