package io.tillkeeper.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.FieldValue;
import io.tillkeeper.storage.RowDamaged;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Customers and histories as they lie on the disk.
 *
 * <p>A value carries its type in the first letter of its key ({@code "t:name": "Ann"}), so that
 * what was once accepted is read back as it was, whatever a later version would accept.
 */
final class Content {

  /** Characters that one customer takes at the most; a column holds a little more. */
  static final int LONGEST = 1_000_000;

  /** Of an operation whose content was taken away. */
  static final String NOTHING = "{}";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  // so that Jackson knows it before the start: in the native binary this is done when it is built
  static {
    JSON.readerFor(JournalEntry.class);
    JSON.writerFor(JournalEntry.class);
  }

  private static final String PARENT = "p:parentRef";

  private Content() {}

  static String write(CustomerChange change) {
    var json = JSON.createObjectNode();
    change.values().fields().forEach((name, value) -> put(json, name, value));
    if (change.parentRef() != null) {
      json.put(PARENT, change.parentRef().toString());
    }
    return json.toString();
  }

  private static void put(ObjectNode json, String name, FieldValue value) {
    switch (value) {
      case FieldValue.Text text -> json.put("t:" + name, text.value());
      case FieldValue.Flag flag -> json.put("f:" + name, flag.value());
      case FieldValue.Whole whole -> json.put("w:" + name, whole.value());
      case FieldValue.Decimal decimal -> json.put("d:" + name, decimal.value().toString());
      case FieldValue.Reference reference -> json.put("r:" + name, reference.id());
      case FieldValue.References references -> {
        var ids = json.putArray("m:" + name);
        references.ids().forEach(ids::add);
      }
      case FieldValue.Country country -> json.put("c:" + name, country.isoCode());
      case FieldValue.Empty empty -> json.putNull("e:" + name);
    }
  }

  static CustomerChange read(String content) {
    var fields = new TreeMap<String, FieldValue>();
    UUID parentRef = null;
    for (var property : parse(content).properties()) {
      if (property.getKey().equals(PARENT)) {
        parentRef = UUID.fromString(property.getValue().asText());
      } else {
        fields.put(property.getKey().substring(2), value(property.getKey(), property.getValue()));
      }
    }
    return new CustomerChange(new CustomerValues(fields), parentRef);
  }

  private static FieldValue value(String key, JsonNode json) {
    return switch (key.charAt(0)) {
      case 't' -> new FieldValue.Text(json.asText());
      case 'f' -> new FieldValue.Flag(json.asBoolean());
      case 'w' -> new FieldValue.Whole(json.asLong());
      case 'd' -> new FieldValue.Decimal(new BigDecimal(json.asText()));
      case 'r' -> new FieldValue.Reference(json.asLong());
      case 'm' -> {
        var ids = new ArrayList<Long>();
        json.forEach(id -> ids.add(id.asLong()));
        yield new FieldValue.References(ids);
      }
      case 'c' -> new FieldValue.Country(json.asText());
      case 'e' -> new FieldValue.Empty();
      default -> throw new RowDamaged("a value");
    };
  }

  static String writeResolution(Resolution resolution) {
    return writeAny(resolution);
  }

  static Resolution readResolution(String resolution) {
    return readAny(resolution, new TypeReference<>() {});
  }

  /** Of more candidates than the column holds, and anyone could look at, the first are kept. */
  static String writeFindings(Findings findings) {
    var content = writeAny(StoredFindings.of(findings));
    var candidates = findings.candidates();
    return content.length() > LONGEST && candidates.size() > 1
        ? writeFindings(
            new Findings(findings.disputes(), candidates.subList(0, candidates.size() / 2)))
        : content;
  }

  static Findings readFindings(String findings) {
    return readAny(findings, new TypeReference<StoredFindings>() {}).toFindings();
  }

  /** One value by itself. */
  static String writeValue(String field, FieldValue value) {
    return write(new CustomerChange(CustomerValues.NONE.with(field, value), null));
  }

  static FieldValue readValue(String field, String content) {
    return Objects.requireNonNull(read(content).values().fields().get(field));
  }

  static String writeHistory(List<HistoryEntry> history) {
    return writeAny(history);
  }

  static List<HistoryEntry> readHistory(@Nullable String history) {
    return history == null ? List.of() : readAny(history, new TypeReference<>() {});
  }

  static byte[] writeEntry(JournalEntry entry) {
    return writeAny(entry).getBytes(StandardCharsets.UTF_8);
  }

  static JournalEntry readEntry(byte[] entry) {
    return readAny(new String(entry, StandardCharsets.UTF_8), new TypeReference<>() {});
  }

  static String writeRehearsal(Rehearsal rehearsal) {
    return writeAny(rehearsal);
  }

  static Rehearsal readRehearsal(String rehearsal) {
    return readAny(rehearsal, new TypeReference<>() {});
  }

  private static String writeAny(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static <T> T readAny(String json, TypeReference<T> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new RowDamaged("JSON");
    }
  }

  private static JsonNode parse(String content) {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException e) {
      throw new RowDamaged("JSON");
    }
  }
}
