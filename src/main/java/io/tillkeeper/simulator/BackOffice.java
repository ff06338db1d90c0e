package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** People who work in Odoo itself, with all rights; they always win a race. */
final class BackOffice {

  /** The id of the user of the till. */
  static final long UID = 6;

  private static final long COMPANY = 1;
  private static final long ADMINISTRATOR = 3;
  private static final long TILL = 7;

  private final Setting setting;
  private final PartnerTable table;
  private final ApiValues values;

  BackOffice(Setting setting, PartnerTable table) {
    this.setting = setting;
    this.table = table;
    this.values = new ApiValues(setting.version(), UID);
  }

  /** The partners that every database has; they are nobody's customers. */
  static SortedMap<Long, PartnerRow> builtIn(Instant now) {
    SortedMap<Long, PartnerRow> rows = new TreeMap<>();
    Map.of(COMPANY, "My Company", ADMINISTRATOR, "Administrator", TILL, "Till")
        .forEach(
            (id, name) ->
                rows.put(
                    id,
                    new PartnerRow(
                        id,
                        Map.of(
                            "name",
                            name,
                            "active",
                            true,
                            "is_company",
                            id == COMPANY,
                            "type",
                            "contact"),
                        id != COMPANY,
                        now,
                        now)));
    return rows;
  }

  List<Partner> partners() {
    PartnerTable.State state = table.committed();
    Map<Long, Set<String>> externalIds = new HashMap<>();
    state
        .externalIds()
        .forEach(
            (name, target) ->
                externalIds.computeIfAbsent(target.partner(), id -> new HashSet<>()).add(name));
    List<Partner> partners = new ArrayList<>();
    for (PartnerRow row : state.rows().tailMap(TILL + 1).values()) {
      partners.add(show(row, externalIds.getOrDefault(row.id(), Set.of())));
    }
    return partners;
  }

  Partner create(JsonNode record) {
    return inTransaction(
        transaction ->
            show(
                setting.rules().create(transaction, values.read(transaction, record, null)),
                Set.of()));
  }

  Partner edit(long id, JsonNode changes) {
    return inTransaction(
        transaction -> {
          PartnerRow before = existing(transaction, id);
          setting.rules().write(transaction, before, values.read(transaction, changes, before));
          return show(existing(transaction, id), Set.copyOf(transaction.externalIdsOf(id)));
        });
  }

  void delete(long id) {
    inTransaction(
        transaction -> {
          setting.rules().delete(transaction, existing(transaction, id));
          return id;
        });
  }

  void merge(long loser, long survivor) {
    if (loser == survivor) {
      throw new IllegalArgumentException("a partner is not merged with itself");
    }
    inTransaction(
        transaction -> {
          existing(transaction, survivor);
          Map<String, ExternalId> moved = new HashMap<>();
          for (String name : transaction.externalIdsOf(loser)) {
            if (transaction.externalId(name) instanceof ExternalId target) {
              moved.put(name, new ExternalId(survivor, target.noupdate()));
            }
          }
          setting.rules().delete(transaction, existing(transaction, loser));
          moved.forEach(transaction::bind);
          return survivor;
        });
  }

  private <T> T inTransaction(Function<Transaction, T> work) {
    try {
      while (true) {
        Transaction transaction = table.begin();
        T result = work.apply(transaction);
        if (table.commit(transaction).isEmpty()) {
          return result;
        }
      }
    } catch (OdooError refused) {
      throw new IllegalArgumentException(refused.words(), refused);
    }
  }

  private static PartnerRow existing(Transaction transaction, long id) {
    PartnerRow row = transaction.row(id);
    if (row == null) {
      throw new NoSuchElementException("there is no partner " + id);
    }
    return row;
  }

  private static Partner show(PartnerRow row, Set<String> externalIds) {
    return new Partner(row.id(), row.values(), row.active(), externalIds);
  }
}
