package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A fault as it is switched on over HTTP, such as {@code {"fault": "slow", "millis": 500, "times":
 * 3, "only": "res.partner.load"}}.
 *
 * @param times -1 for all requests
 * @param only the one call that it meets; null for all
 */
record FaultOrder(Fault fault, int times, @Nullable String only) {

  static final String NAMES =
      "refuse, hang-before-commit, hang-after-commit, reset-mid-answer, cut,"
          + " hang-mid-answer, trickle, odoo-exception, conflict, html-404, captive-portal, slow, too-many-requests, wrong-key, database-down";

  static FaultOrder parse(JsonNode json) {
    int times = number(json, "times", -1);
    String only = json.hasNonNull("only") ? json.get("only").asText() : null;
    return new FaultOrder(fault(json), times, only);
  }

  private static Fault fault(JsonNode json) {
    String name = json.path("fault").asText();
    return switch (name) {
      case "refuse" -> new Fault.Refuse();
      case "hang-before-commit" ->
          new Fault.HangBeforeCommit(json.path("commitsLater").asBoolean(true));
      case "hang-after-commit" -> new Fault.HangAfterCommit();
      case "reset-mid-answer" -> new Fault.ResetMidAnswer();
      case "cut" ->
          new Fault.Cut(
              one(Fault.Moment.class, json, "moment"), one(Fault.Manner.class, json, "manner"));
      case "hang-mid-answer" -> new Fault.HangMidAnswer();
      case "trickle" -> new Fault.Trickle(Duration.ofMillis(number(json, "millis", 1000)));
      case "odoo-exception" ->
          new Fault.OdooException(
              json.path("name").asText("odoo.exceptions.UserError"),
              json.path("message").asText("The simulator was told to refuse this."));
      case "conflict" -> new Fault.Conflict(json.path("message").asText(OdooError.SERIALIZATION));
      case "html-404" -> new Fault.Html404();
      case "captive-portal" -> new Fault.CaptivePortal(json.path("redirect").asBoolean(false));
      case "slow" -> new Fault.Slow(Duration.ofMillis(number(json, "millis", 2000)));
      case "too-many-requests" ->
          new Fault.TooManyRequests(Duration.ofSeconds(number(json, "retryAfterSeconds", 5)));
      case "wrong-key" -> new Fault.WrongKey();
      case "database-down" -> new Fault.DatabaseDown();
      default -> throw new IllegalArgumentException("\"fault\" must be one of " + NAMES);
    };
  }

  /** One of these constants, by its name in small letters with dashes. */
  private static <E extends Enum<E>> E one(Class<E> type, JsonNode json, String field) {
    String name = json.path(field).asText().toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException(
        "\"%s\" must be one of %s"
            .formatted(
                field,
                Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .collect(Collectors.joining(", "))));
  }

  private static int number(JsonNode json, String field, int ifAbsent) {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return ifAbsent;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < 1) {
      throw new IllegalArgumentException("\"" + field + "\" must be a whole number above 0");
    }
    return value.intValue();
  }

  /** The name of a fault over HTTP. */
  static String name(Fault fault) {
    return switch (fault) {
      case Fault.Refuse f -> "refuse";
      case Fault.HangBeforeCommit f -> "hang-before-commit";
      case Fault.HangAfterCommit f -> "hang-after-commit";
      case Fault.ResetMidAnswer f -> "reset-mid-answer";
      case Fault.Cut f -> "cut";
      case Fault.HangMidAnswer f -> "hang-mid-answer";
      case Fault.Trickle f -> "trickle";
      case Fault.OdooException f -> "odoo-exception";
      case Fault.Conflict f -> "conflict";
      case Fault.Html404 f -> "html-404";
      case Fault.CaptivePortal f -> "captive-portal";
      case Fault.Slow f -> "slow";
      case Fault.TooManyRequests f -> "too-many-requests";
      case Fault.WrongKey f -> "wrong-key";
      case Fault.DatabaseDown f -> "database-down";
    };
  }

  /** Shows the fault that is on; null when none is. */
  static @Nullable ObjectNode describe(FaultSwitch.@Nullable Active active) {
    if (active == null) {
      return null;
    }
    ObjectNode shown = Json.object().put("fault", name(active.fault()));
    if (active.left() > 0) {
      shown.put("times", active.left());
    }
    if (active.only() != null) {
      shown.put("only", active.only());
    }
    return shown;
  }
}
