package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code res.partner.load}: all rows or none, and never an exception for what is wrong with a
 * row. An external id that is known leads to its partner; an unknown one is stored beside the new
 * partner, which is what makes a repeated call harmless.
 */
final class LoadCall {

  private final Setting setting;
  private final Transaction transaction;
  private final boolean findArchived;
  private final LoadMessages messages;
  private final List<LoadRow> pending = new ArrayList<>();
  private final List<Long> ids = new ArrayList<>();
  private final RowSaver saver;

  LoadCall(Setting setting, Transaction transaction, JsonNode context) {
    this.setting = setting;
    this.transaction = transaction;
    this.findArchived =
        context.path("active_test").isBoolean() && !context.get("active_test").booleanValue();
    this.messages = new LoadMessages(setting.version());
    this.saver = new RowSaver(setting, transaction, context);
  }

  /** Works on all rows; when one is wrong, the transaction is empty afterwards. */
  ObjectNode run(JsonNode headings, JsonNode rows) {
    List<LoadColumn> columns = new ArrayList<>();
    for (JsonNode heading : headings) {
      columns.add(LoadColumn.parse(heading.asText(), setting.fields(), setting.version()));
    }
    CellReader reader =
        new CellReader(
            messages,
            new ReferenceReader(setting.version(), transaction, this::saveBeforeLookupOf));
    for (int record = 0; record < rows.size(); record++) {
      pending.add(read(record, columns, rows.get(record), reader));
    }
    savePending();
    if (messages.failed()) {
      transaction.rollback();
    }
    return messages.result(ids);
  }

  /** The answer when others changed the same partners or took the same external ids meanwhile. */
  ObjectNode lostTo(Set<Object> conflicts, String words) {
    LoadMessages lost = new LoadMessages(setting.version());
    for (int record : saver.recordsThatTouched(conflicts)) {
      if (!lost.interrupted()) {
        lost.row(record, OdooError.of("psycopg2.errors.SerializationFailure", words));
      }
    }
    return lost.result(List.of());
  }

  private LoadRow read(int record, List<LoadColumn> columns, JsonNode row, CellReader reader) {
    String externalId = null;
    Long databaseId = null;
    for (int i = 0; i < columns.size(); i++) {
      switch (columns.get(i)) {
        case LoadColumn.Id id -> {
          if (!Json.isFalsy(row.path(i))) {
            externalId = LoadColumn.qualified(row.get(i).asText());
          }
        }
        case LoadColumn.DatabaseId id -> databaseId = databaseId(record, row.path(i));
        case LoadColumn.Of of -> {}
      }
    }
    return new LoadRow(record, externalId, databaseId, reader.read(record, columns, row));
  }

  /** The id when there is such a partner; an archived one is found only when asked for. */
  private @Nullable Long databaseId(int record, JsonNode cell) {
    if (Json.isFalsy(cell) && setting.version().atLeast(OdooVersion.V18)) {
      return null;
    }
    String text = cell.asText();
    PartnerRow row = text.matches("[0-9]{1,18}") ? transaction.row(Long.parseLong(text)) : null;
    if (row == null || !(row.active() || findArchived)) {
      messages.unknownDatabaseId(record, text);
      return null;
    }
    return row.id();
  }

  private void saveBeforeLookupOf(String externalId) {
    if (pending.stream().anyMatch(row -> externalId.equals(row.externalId()))) {
      savePending();
    }
  }

  private void savePending() {
    List<LoadRow> batch = List.copyOf(pending);
    pending.clear();
    Set<Object> doubled = doubledBarcodes(batch);
    for (LoadRow row : batch) {
      if (messages.interrupted()) {
        return;
      }
      try {
        if (row.values().get("barcode") instanceof String barcode && doubled.contains(barcode)) {
          throw PartnerRules.barcodeTaken();
        }
        ids.add(saver.save(row));
      } catch (OdooError refused) {
        messages.row(row.record(), refused);
      }
    }
  }

  /** Odoo saves the batch before it checks, so both rows with one barcode are wrong. */
  private static Set<Object> doubledBarcodes(List<LoadRow> batch) {
    Map<Object, Object> owners = new HashMap<>();
    Set<Object> doubled = new HashSet<>();
    for (LoadRow row : batch) {
      if (row.values().get("barcode") instanceof String barcode) {
        Object owner = row.externalId() != null ? row.externalId() : row;
        Object other = owners.putIfAbsent(barcode, owner);
        if (other != null && !other.equals(owner)) {
          doubled.add(barcode);
        }
      }
    }
    return doubled;
  }
}
