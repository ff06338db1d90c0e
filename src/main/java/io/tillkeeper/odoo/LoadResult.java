package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import io.tillkeeper.odoo.LoadAnswer.CallRefused;
import io.tillkeeper.odoo.LoadAnswer.Loaded;
import io.tillkeeper.odoo.LoadAnswer.RowRefusal;
import io.tillkeeper.odoo.LoadAnswer.RowsRefused;
import io.tillkeeper.queue.HeldReason;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@code load} returns, which is a success over HTTP even when nothing was written. */
final class LoadResult {

  private static final Pattern FIELD = Pattern.compile("[\\w./]{1,100}");

  private LoadResult() {}

  /**
   * @param rows how many rows were sent
   * @throws LinkLost when it is not what {@code load} returns: never taken for a success
   */
  static LoadAnswer read(JsonNode result, int rows) {
    JsonNode ids = result.path("ids");
    if (ids.isArray()) {
      return new Loaded(ids(ids, rows));
    }
    if (!ids.isBoolean() || ids.booleanValue()) {
      throw WireReader.notOdoo("A load that returns neither ids nor false");
    }
    return refused(result.path("messages"), rows);
  }

  private static List<Long> ids(JsonNode array, int rows) {
    List<Long> ids = new ArrayList<>();
    for (JsonNode id : array) {
      ids.add(WireReader.id(id, "A load that returns ids which are none"));
    }
    if (ids.size() != rows) {
      throw WireReader.notOdoo("A load of %d rows that returns %d ids".formatted(rows, ids.size()));
    }
    return ids;
  }

  private static LoadAnswer refused(JsonNode messages, int rows) {
    // The first message of a row counts: what follows is often only a consequence of it.
    SortedMap<Integer, RowRefusal> byRow = new TreeMap<>();
    @Nullable String unattributed = null;
    for (JsonNode message : messages) {
      if (message.path("type").asText().equals("warning")) {
        // Such as the one that Odoo stopped after ten errors.
        continue;
      }
      JsonNode row = message.path("record");
      if (row.isInt() && row.intValue() >= 0 && row.intValue() < rows) {
        byRow.putIfAbsent(row.intValue(), refusal(row.intValue(), message));
      } else if (unattributed == null) {
        unattributed = words(message);
      }
    }
    if (!byRow.isEmpty()) {
      return new RowsRefused(List.copyOf(byRow.values()));
    }
    if (unattributed != null) {
      return new CallRefused(HeldReason.REJECTED, unattributed);
    }
    throw WireReader.notOdoo("A load that failed and does not say why");
  }

  private static RowRefusal refusal(int row, JsonNode message) {
    // A missing right is told in a translated text only, and so is a refusal like any other here.
    @Nullable String field = field(message.path("field"));
    // The column of the database id: the partner to change is not there.
    return ".id".equals(field)
        ? new RowRefusal(row, HeldReason.MISSING, null, words(message))
        : new RowRefusal(row, HeldReason.REJECTED, field, words(message));
  }

  /** Whoever answers chooses it; only what looks like the name of a field is one. */
  private static @Nullable String field(JsonNode name) {
    return FIELD.matcher(name.asText()).matches() ? name.asText() : null;
  }

  private static String words(JsonNode message) {
    return message.path("message").asText().strip();
  }
}
