package io.tillkeeper.odoo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells an answer that may be Odoo's from a page that somebody else put in its place. */
final class WireReader {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** Whoever answers once in Odoo's place cannot keep the queue for years. */
  private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

  private WireReader() {}

  /**
   * @throws LinkLost when it is not JSON, save for the two statuses that say something as a page
   */
  static WireAnswer read(int status, HttpHeaders headers, byte[] body) {
    if (status == 429) {
      throw new LinkLost(LinkCause.RATE_LIMITED, "HTTP status 429", null, retryAfter(headers));
    }
    if (status >= 300 && status < 400) {
      // Odoo never redirects these calls: it is a log-in page, or http where https is due.
      throw notOdoo("HTTP status %d, redirected to %s".formatted(status, redirectedTo(headers)));
    }
    if (status == 402 && isJson(headers)) {
      throw new LinkLost(LinkCause.PLAN, "HTTP status 402", null, null);
    }
    if (isJson(headers)) {
      return new WireAnswer.Json(status, parse(status, body));
    }
    if (status == 404) {
      return new WireAnswer.NoSuchPage();
    }
    if (status == 413) {
      return new WireAnswer.RequestTooLarge();
    }
    if (status >= 500 && status != 511) {
      throw new LinkLost(LinkCause.ODOO_DOWN, "HTTP status " + status, null, retryAfter(headers));
    }
    // 511 is the status that is meant for captive portals; most of them say 200.
    throw notOdoo("HTTP status %d with a page where JSON was due".formatted(status));
  }

  /** Bytes of a request body. */
  static byte[] write(JsonNode body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("A tree of JSON nodes cannot be written", e);
    }
  }

  static LinkLost notOdoo(String detail) {
    return new LinkLost(LinkCause.CAPTIVE_PORTAL, detail, null, null);
  }

  /**
   * The id of a record in Odoo's database.
   *
   * @param otherwise what is seen when it is none
   * @throws LinkLost when it is none
   */
  static long id(JsonNode node, String otherwise) {
    if (!isId(node)) {
      throw notOdoo(otherwise);
    }
    return node.longValue();
  }

  /** Whether it can be the id of a record: never taken for one that is cut off to fit. */
  static boolean isId(JsonNode node) {
    return node.isIntegralNumber() && node.canConvertToLong() && node.longValue() > 0;
  }

  private static JsonNode parse(int status, byte[] body) {
    JsonNode node;
    try {
      node = JSON.readTree(body);
    } catch (IOException e) {
      // Not handed on as the origin: Jackson quotes the text, which may be a customer's data.
      throw broken(status, body.length);
    }
    if (node == null || node.isMissingNode()) {
      throw broken(status, body.length);
    }
    return WholeCharacters.of(node);
  }

  private static LinkLost broken(int status, int bytes) {
    return new LinkLost(
        LinkCause.BROKEN,
        "HTTP status %d with %d bytes that are not whole JSON".formatted(status, bytes),
        null,
        null);
  }

  private static boolean isJson(HttpHeaders headers) {
    String type = headers.firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().equals("application/json");
  }

  /** Scheme and host only: the rest of a log-in address may hold what nobody should log. */
  private static String redirectedTo(HttpHeaders headers) {
    try {
      URI location = URI.create(headers.firstValue("Location").orElse(""));
      return location.getHost() == null
          ? "the same host"
          : location.getScheme() + "://" + location.getHost();
    } catch (IllegalArgumentException e) {
      return "an address that cannot be read";
    }
  }

  private static @Nullable Duration retryAfter(HttpHeaders headers) {
    String value = headers.firstValue("Retry-After").orElse("").strip();
    if (value.matches("\\d{1,9}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    try {
      // Measured against the clock that wrote the date: a box without a clock cannot tell.
      Duration pause =
          Duration.between(httpDate(headers.firstValue("Date").orElse("")), httpDate(value));
      return pause.isNegative() ? Duration.ZERO : bounded(pause);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Duration bounded(Duration pause) {
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }

  /** When the answer was given, by the clock of whoever gave it. */
  static Optional<Instant> date(HttpHeaders headers) {
    try {
      return headers.firstValue("Date").map(date -> httpDate(date).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static ZonedDateTime httpDate(String text) {
    return ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
  }
}
