package io.tillkeeper.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The bodies that the API takes. */
final class Requests {

  private static final String VALUES =
      "The values by Odoo's own field names. country_id takes a database id or an ISO 3166 code; other many2one fields a"
          + " database id, category_id a list of them; parentRef names the company by its ref. null clears a field.";

  private static final String BY = "Who decides it; kept in the history.";

  /** Characters of a person's name. */
  static final int LONGEST_NAME = 100;

  private Requests() {}

  /** The body, which must be there. */
  static <T> T required(@Nullable T body) {
    if (body == null) {
      throw new ProblemException(ProblemCode.INVALID_JSON, "The body is not one JSON object.");
    }
    return body;
  }

  /** One line of text, which must be there. */
  static String line(String property, @Nullable String text, int longest) {
    return Optional.ofNullable(text)
        .filter(line -> !line.isBlank() && line.length() <= longest)
        .filter(line -> line.chars().noneMatch(Character::isISOControl))
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "'%s' is one line of 1 to %d characters.".formatted(property, longest),
                    property));
  }

  @Schema(name = "NewCustomer", description = "A customer to create.")
  record NewCustomer(
      @Schema(
              format = "uuid",
              nullable = true,
              description =
                  "The UUID that the customer is to be known by; made here when it is not given.")
          @Nullable String ref,
      @Schema(
              type = SchemaType.OBJECT,
              required = true,
              description = VALUES,
              examples =
                  "{\"name\": \"Ana Díaz\", \"phone\": \"612 34 56 78\", \"country_id\": \"ES\"}")
          @Nullable Map<String, @Nullable Object> values,
      @Schema(nullable = true, maxLength = 100, description = "The till's name for itself.")
          @Nullable String till,
      @Schema(nullable = true, maxLength = 100, description = "Who did it.")
          @Nullable String cashier) {}

  @Schema(name = "CustomerUpdate", description = "New values for some fields of a customer.")
  record CustomerUpdate(
      @Schema(
              type = SchemaType.OBJECT,
              required = true,
              description = VALUES,
              examples = "{\"email\": \"ana@example.com\"}")
          @Nullable Map<String, @Nullable Object> values,
      @Schema(
              type = SchemaType.OBJECT,
              nullable = true,
              description = "The values that the cashier saw, of the fields that change.")
          @Nullable Map<String, @Nullable Object> base,
      @Schema(nullable = true, maxLength = 100, description = "The till's name for itself.")
          @Nullable String till,
      @Schema(nullable = true, maxLength = 100, description = "Who did it.")
          @Nullable String cashier) {}

  @Schema(name = "CustomerSearch", description = "What customers are searched by.")
  record CustomerSearch(
      @Schema(
              required = true,
              maxLength = 200,
              description = "What the cashier typed.",
              examples = "ana")
          @Nullable String query) {}

  @Schema(name = "Retry", description = "Send a held operation again.")
  record Retry(
      @Schema(required = true, maxLength = 100, description = BY) @Nullable String by,
      @Schema(
              type = SchemaType.OBJECT,
              nullable = true,
              description = "Values to send instead; what was accepted stays in the history.",
              examples = "{\"lang\": \"es_ES\"}")
          @Nullable Map<String, @Nullable Object> values) {}

  @Schema(
      name = "Resolve",
      description =
          "Settle a conflict, by 'fields' for each field in dispute, or a duplicate, by 'link' or 'create'.")
  record Resolve(
      @Schema(required = true, maxLength = 100, description = BY) @Nullable String by,
      @Schema(
              type = SchemaType.OBJECT,
              nullable = true,
              description =
                  "For each field in dispute 'mine', the till's value, or 'theirs', Odoo's.",
              examples = "{\"name\": \"mine\"}")
          @Nullable Map<String, String> fields,
      @Schema(
              nullable = true,
              description = "The customer is this partner in Odoo; what is empty there is filled.")
          @Nullable Long link,
      @Schema(
              nullable = true,
              description = "true: the customer is created, whoever looks like it.")
          @Nullable Boolean create) {}

  @Schema(name = "Discard", description = "Give a held operation up.")
  record Discard(
      @Schema(required = true, maxLength = 100, description = BY) @Nullable String by,
      @Schema(required = true, maxLength = 1000, description = "Why.") @Nullable String reason) {}

  @Schema(
      name = "Erasure",
      description = "Erase a person, who is named by one of 'customer', 'email' and 'phone'.")
  record Erasure(
      @Schema(required = true, maxLength = 100, description = "Who does it; kept in the log.")
          @Nullable String by,
      @Schema(
              nullable = true,
              description = "The customer's ref, or odoo:ID.",
              examples = "odoo:42")
          @Nullable String customer,
      @Schema(nullable = true, maxLength = 200, description = "However it is written.")
          @Nullable String email,
      @Schema(nullable = true, maxLength = 200, description = "However it is written.")
          @Nullable String phone) {}

  @Schema(name = "NewPairing", description = "A code for a page, or a program, to be let in by.")
  record NewPairing(
      @Schema(
              required = true,
              maxLength = 100,
              description = "Who lets it in; kept in the audit trail.")
          @Nullable String by,
      @Schema(
              required = true,
              enumeration = {"till", "operator", "metrics"},
              description = "What it may do.")
          @Nullable String scope,
      @Schema(
              required = true,
              maxLength = 300,
              description =
                  "The origin of the page; 'console' for the daemon's own page, 'program' for what is no page.",
              examples = "https://shop.odoo.com")
          @Nullable String holder,
      @Schema(nullable = true, maxLength = 100, description = "What people call it.")
          @Nullable String name) {}

  @Schema(name = "Revocation", description = "Have a token be good for nothing.")
  record Revocation(
      @Schema(
              required = true,
              maxLength = 100,
              description = "Who does it; kept in the audit trail.")
          @Nullable String by) {}

  @Schema(
      name = "RetryAll",
      description = "Send all operations again that are held for one reason.")
  record RetryAll(
      @Schema(required = true, maxLength = 100, description = BY) @Nullable String by,
      @Schema(
              required = true,
              enumeration = {"rejected", "conflict", "duplicate", "missing", "forbidden"})
          @Nullable String reason) {}

  @Schema(name = "Export", description = "Operations that another till has.")
  record Export(
      @Schema(required = true, maxLength = 100, description = BY) @Nullable String by,
      @Schema(required = true, maxItems = 500, description = "Their ids.")
          @Nullable List<Long> operations,
      @Schema(
              defaultValue = "true",
              description =
                  "Whether this till delivers them no more. With false both may: each is then compared with what Odoo has.")
          @Nullable Boolean stop) {

    boolean stops() {
      return stop == null || stop;
    }
  }

  @Schema(name = "Import", description = "Operations of another till, in their order.")
  record Import(
      @Schema(required = true, maxLength = 100, description = BY) @Nullable String by,
      @Schema(required = true, maxItems = 500) @Nullable List<MoveViews.Moving> operations) {}

  @Schema(name = "NewRehearsal", description = "A rehearsal of airplane mode.")
  record NewRehearsal(
      @Schema(
              nullable = true,
              minimum = "1",
              maximum = "200",
              defaultValue = "10",
              description = "How many test customers.")
          @Nullable Integer customers,
      @Schema(
              nullable = true,
              minimum = "0",
              maximum = "3600",
              defaultValue = "30",
              description = "How long Odoo is not called.")
          @Nullable Integer offlineSeconds) {}

  @Schema(name = "ModeChange", description = "What the operator wants.")
  record ModeChange(
      @Schema(
              required = true,
              enumeration = {"auto", "offline", "online-only"})
          @Nullable String mode,
      @Schema(
              nullable = true,
              maxLength = 100,
              description = "Who wants it; kept in the audit trail.")
          @Nullable String by) {}
}
