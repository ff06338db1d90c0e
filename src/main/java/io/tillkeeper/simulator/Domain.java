package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Odoo's search filters: conditions with the operators in front ("Polish" notation). */
final class Domain {

  private static final DateTimeFormatter DATE =
      new DateTimeFormatterBuilder()
          .appendPattern("yyyy-MM-dd[ HH:mm:ss]")
          .optionalStart()
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .optionalEnd()
          .parseDefaulting(ChronoField.HOUR_OF_DAY, 0)
          .parseDefaulting(ChronoField.MINUTE_OF_HOUR, 0)
          .parseDefaulting(ChronoField.SECOND_OF_MINUTE, 0)
          .toFormatter(Locale.ROOT);

  private final Setting setting;

  Domain(Setting setting) {
    this.setting = setting;
  }

  /** What the records must meet; archived ones are left out unless something asks for them. */
  Predicate<PartnerRow> filter(JsonNode domain, JsonNode context) {
    Deque<Predicate<PartnerRow>> stack = new ArrayDeque<>();
    List<JsonNode> terms = Json.elements(domain);
    for (JsonNode term : terms.reversed()) {
      if (term.isTextual()) {
        combine(stack, term.textValue());
      } else {
        stack.push(condition(term));
      }
    }
    Predicate<PartnerRow> all = row -> true;
    for (Predicate<PartnerRow> part : stack) {
      all = all.and(part);
    }
    boolean archivedToo =
        (context.path("active_test").isBoolean() && !context.get("active_test").booleanValue())
            || terms.stream().anyMatch(term -> term.path(0).asText().equals("active"));
    return archivedToo ? all : all.and(PartnerRow::active);
  }

  private static void combine(Deque<Predicate<PartnerRow>> stack, String operator) {
    int operands = operator.equals("!") ? 1 : 2;
    if (stack.size() < operands) {
      throw OdooError.value("Domain() invalid item in domain: '" + operator + "'");
    }
    Predicate<PartnerRow> first = stack.pop();
    switch (operator) {
      case "!" -> stack.push(first.negate());
      case "&" -> stack.push(first.and(stack.pop()));
      case "|" -> stack.push(first.or(stack.pop()));
      default -> throw OdooError.value("Domain() invalid item in domain: '" + operator + "'");
    }
  }

  private Predicate<PartnerRow> condition(JsonNode term) {
    String name = term.path(0).asText();
    String operator = term.path(1).asText();
    JsonNode wanted = term.path(2);
    Field field = setting.fields().get(name);
    if (field == null) {
      String place = setting.version().atLeast(OdooVersion.V19) ? "condition" : "leaf";
      String value = wanted.isTextual() ? "'" + wanted.textValue() + "'" : wanted.asText();
      throw OdooError.value(
          "Invalid field res.partner."
              + name
              + " in "
              + place
              + " ('"
              + name
              + "', '"
              + operator
              + "', "
              + value
              + ")");
    }
    return switch (operator) {
      case "=", "in" -> anyOf(field, wanted);
      case "!=", "<>", "not in" -> anyOf(field, wanted).negate();
      case ">" -> row -> compare(field, row, wanted) instanceof Integer order && order > 0;
      case ">=" -> row -> compare(field, row, wanted) instanceof Integer order && order >= 0;
      case "<" -> row -> compare(field, row, wanted) instanceof Integer order && order < 0;
      case "<=" -> row -> compare(field, row, wanted) instanceof Integer order && order <= 0;
      case "like", "ilike" -> like("%" + wanted.asText() + "%", operator, field);
      case "=like", "=ilike" -> like(wanted.asText(), operator, field);
      case "not like", "not ilike" -> like("%" + wanted.asText() + "%", operator, field).negate();
      default -> throw OdooError.value("Invalid operator '" + operator + "' in domain");
    };
  }

  /** A till asks for a thousand values at once, and there may be as many thousands of records. */
  private Predicate<PartnerRow> anyOf(Field field, JsonNode wanted) {
    if (!wanted.isArray()) {
      return row -> equal(field, row, wanted);
    }
    List<JsonNode> each = Json.elements(wanted);
    if (field.kind() != Field.Kind.DATETIME && each.stream().allMatch(JsonNode::isTextual)) {
      Set<String> texts = each.stream().map(JsonNode::textValue).collect(Collectors.toSet());
      return row ->
          row.get(field.name()) instanceof String text
              ? texts.contains(text)
              : anyOf(field, row, each);
    }
    return row -> anyOf(field, row, each);
  }

  private boolean anyOf(Field field, PartnerRow row, List<JsonNode> wanted) {
    return wanted.stream().anyMatch(one -> equal(field, row, one));
  }

  private boolean equal(Field field, PartnerRow row, JsonNode wanted) {
    Object value = row.get(field.name());
    if (field.kind() == Field.Kind.DATETIME) {
      return compare(field, row, wanted) instanceof Integer order && order == 0;
    }
    if (wanted.isNull() || (wanted.isBoolean() && !wanted.booleanValue())) {
      return value == null || value.equals(false) || value.equals("") || value.equals(List.of());
    }
    return switch (value) {
      case null -> false;
      case String text -> text.equals(wanted.asText());
      case Boolean bool -> bool.equals(wanted.asBoolean());
      case Long number -> number == wanted.asLong();
      case List<?> ids -> ids.contains(wanted.asLong());
      default -> false;
    };
  }

  private @Nullable Integer compare(Field field, PartnerRow row, JsonNode wanted) {
    if (field.kind() == Field.Kind.DATETIME) {
      return date(field, row).compareTo(rounded(date(wanted)));
    }
    return switch (row.get(field.name())) {
      case Long number -> Long.compare(number, wanted.asLong());
      case String text -> text.compareTo(wanted.asText());
      case null, default -> null;
    };
  }

  private Instant date(Field field, PartnerRow row) {
    return rounded(field.name().equals("create_date") ? row.created() : row.written());
  }

  /** Before 19 a date of whole seconds is compared with one of microseconds, and never equal. */
  private Instant rounded(Instant date) {
    return setting.version().atLeast(OdooVersion.V19) ? date.truncatedTo(ChronoUnit.SECONDS) : date;
  }

  private static Instant date(JsonNode wanted) {
    try {
      return LocalDateTime.parse(wanted.asText().replace('T', ' '), DATE).toInstant(ZoneOffset.UTC);
    } catch (java.time.format.DateTimeParseException notADate) {
      throw OdooError.value("Invalid date in domain: '" + wanted.asText() + "'");
    }
  }

  private static Predicate<PartnerRow> like(String pattern, String operator, Field field) {
    int flags = operator.contains("ilike") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
    StringBuilder regex = new StringBuilder();
    for (char letter : pattern.toCharArray()) {
      switch (letter) {
        case '%' -> regex.append(".*");
        case '_' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(letter)));
      }
    }
    Pattern compiled = Pattern.compile(regex.toString(), flags | Pattern.DOTALL);
    return row -> row.get(field.name()) instanceof String text && compiled.matcher(text).matches();
  }
}
