package io.tillkeeper.sync;

import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.odoo.LinkLost;
import io.tillkeeper.odoo.LoadAnswer;
import io.tillkeeper.queue.HeldReason;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Sends rows by as few {@code load} calls as can be, and finds out what became of each. A {@code
 * load} takes all of its rows or none: a row that Odoo names is taken out and the others go again
 * at once; where Odoo names none, the batch is halved until the row at fault is alone.
 *
 * @param <K> what a row is for
 */
final class LoadBatches<K> {

  private final BooleanSupplier lineIsLost;
  private final int largest;
  private final Function<List<Row<K>>, LoadAnswer> call;
  private final Map<K, Result> results = new LinkedHashMap<>();

  /**
   * @param lineIsLost whether nothing more is to be sent
   * @param largest how many rows a call takes at the most
   * @param call makes the call for rows that have the same fields
   */
  LoadBatches(BooleanSupplier lineIsLost, int largest, Function<List<Row<K>>, LoadAnswer> call) {
    this.lineIsLost = lineIsLost;
    this.largest = largest;
    this.call = call;
  }

  /**
   * A row.
   *
   * @param tries how often it was sent in a row without an answer: such a row travels in ever
   *     smaller company, so that one that Odoo cannot answer ends up alone
   */
  record Row<K>(K key, CustomerValues values, int tries) {

    /** Rows with the same can travel in one call. */
    private String company() {
      return tries
          + values.fields().entrySet().stream()
              .map(field -> "," + field.getKey() + kind(field.getValue()))
              .collect(Collectors.joining());
    }

    /** A country by code and one by id go into different columns. */
    private static String kind(FieldValue value) {
      return value instanceof FieldValue.Country ? "/code" : "";
    }
  }

  /** What became of a row. */
  sealed interface Result {

    /** It is in Odoo. */
    record Loaded(long id) implements Result {}

    /** Odoo refuses it. */
    record Refused(HeldReason reason, @Nullable String field, String words) implements Result {}

    /** It was sent, and there was no answer, or one that asks to come again. */
    record NoAnswer(String cause) implements Result {}

    /** It was not sent, because the line was lost before. */
    record NotSent() implements Result {}
  }

  /** Sends all of them, and says what became of each. */
  Map<K, Result> send(List<Row<K>> rows) {
    rows.stream()
        .collect(Collectors.groupingBy(Row::company, LinkedHashMap::new, Collectors.toList()))
        .values()
        .forEach(this::sendInChunks);
    return results;
  }

  private void sendInChunks(List<Row<K>> rows) {
    var size = Math.max(1, largest >> Math.min(rows.getFirst().tries(), 30));
    for (var from = 0; from < rows.size(); from += size) {
      sendTogether(rows.subList(from, Math.min(rows.size(), from + size)));
    }
  }

  private void sendTogether(List<Row<K>> rows) {
    if (lineIsLost.getAsBoolean()) {
      rows.forEach(row -> results.put(row.key(), new Result.NotSent()));
      return;
    }
    try {
      take(rows, call.apply(rows));
    } catch (LinkLost loss) {
      var result =
          GuardedOdoo.wasMade(loss)
              ? new Result.NoAnswer(loss.linkCause().code())
              : new Result.NotSent();
      rows.forEach(row -> results.put(row.key(), result));
    }
  }

  private void take(List<Row<K>> rows, LoadAnswer answer) {
    switch (answer) {
      case LoadAnswer.Loaded loaded -> {
        for (var i = 0; i < rows.size(); i++) {
          results.put(rows.get(i).key(), new Result.Loaded(loaded.ids().get(i)));
        }
      }
      case LoadAnswer.RowsRefused refused -> takeOut(rows, refused.rows());
      case LoadAnswer.CallRefused refused -> {
        if (rows.size() == 1) {
          refuse(rows.getFirst(), refused.reason(), null, refused.words());
        } else {
          halve(rows);
        }
      }
      case LoadAnswer.Again again ->
          rows.forEach(row -> results.put(row.key(), new Result.NoAnswer("busy")));
    }
  }

  private void takeOut(List<Row<K>> rows, List<LoadAnswer.RowRefusal> refusals) {
    if (rows.size() == 1) {
      var refusal = refusals.getFirst();
      refuse(rows.getFirst(), refusal.reason(), refusal.field(), refusal.words());
      return;
    }
    var named = new HashSet<Integer>();
    var doubtful = new ArrayList<Row<K>>();
    for (var refusal : refusals) {
      named.add(refusal.row());
      var row = rows.get(refusal.row());
      if (refusal.field() == null) {
        doubtful.add(row);
      } else {
        refuse(row, refusal.reason(), refusal.field(), refusal.words());
      }
    }
    var others = new ArrayList<Row<K>>();
    for (var i = 0; i < rows.size(); i++) {
      if (!named.contains(i)) {
        others.add(rows.get(i));
      }
    }
    if (named.isEmpty()) {
      halve(rows);
    } else if (!others.isEmpty()) {
      sendTogether(others);
    }
    // a doubled barcode blames both rows, and a lost race any: alone, each shows whether it is at
    // fault
    doubtful.forEach(row -> sendTogether(List.of(row)));
  }

  private void halve(List<Row<K>> rows) {
    sendTogether(rows.subList(0, rows.size() / 2));
    sendTogether(rows.subList(rows.size() / 2, rows.size()));
  }

  private void refuse(Row<K> row, HeldReason reason, @Nullable String field, String words) {
    results.put(row.key(), new Result.Refused(reason, field, words));
  }
}
