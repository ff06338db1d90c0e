package io.tillkeeper.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers about operations, and to what a person decides of one. */
@RegisterForReflection(ignoreNested = false)
final class OperationViews {

  private OperationViews() {}

  @Schema(name = "Held", description = "Why an operation waits for a person.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Held(
      @Schema(enumeration = {"rejected", "conflict", "duplicate", "missing", "forbidden"})
          String reason,
      @Schema(description = "One plain sentence.") String message,
      @Schema(nullable = true, description = "The field at fault, when it is known.")
          @Nullable String field,
      @Schema(description = "Odoo's own words.") String words) {}

  @Schema(name = "Discarded", description = "Who gave an operation up, and why.")
  record Discarded(String reason, String by) {}

  @Schema(name = "HistoryEntry")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record HistoryEntry(
      Instant at,
      @Schema(
              enumeration = {
                "accepted",
                "unavailable",
                "unanswered",
                "recovered",
                "restored",
                "delivered",
                "held",
                "retried",
                "resolved",
                "discarded",
                "exported",
                "imported",
                "shared"
              })
          String event,
      @Schema(nullable = true, description = "A code that says more.") @Nullable String detail,
      @Schema(nullable = true, description = "Who decided it, when a person did.")
          @Nullable String by,
      @Schema(description = "How often in a row.") int times) {}

  @Schema(name = "Operation", description = "One accepted create or update, and what became of it.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Operation(
      long id,
      @Schema(enumeration = {"create", "update"}) String kind,
      @Schema(enumeration = {"pending", "sending", "delivered", "held", "discarded"}) String state,
      CustomerViews.CustomerName customer,
      @Schema(type = SchemaType.OBJECT) SortedMap<String, @Nullable Object> values,
      @Schema(
              nullable = true,
              description =
                  "true: what is personal in it was taken away, some time after it was settled or on request.")
          @Nullable Boolean scrubbed,
      @Schema(type = SchemaType.OBJECT, nullable = true)
          @Nullable SortedMap<String, @Nullable Object> base,
      @Schema(nullable = true) @Nullable String till,
      @Schema(nullable = true) @Nullable String cashier,
      Instant acceptedAt,
      Instant stateSince,
      @Schema(nullable = true, description = "When a pending one is sent at the earliest.")
          @Nullable Instant notBefore,
      @Schema(nullable = true) @Nullable Held held,
      @Schema(nullable = true) @Nullable Discarded discarded,
      @Schema(
              type = SchemaType.OBJECT,
              nullable = true,
              description = "Values by which a person corrected it.")
          @Nullable SortedMap<String, @Nullable Object> corrected,
      @Schema(description = "The fields that the till and the back office both changed.")
          List<Dispute> disputes,
      @Schema(description = "The partners in Odoo that a new customer could be.")
          List<Candidate> candidates,
      List<HistoryEntry> history) {}

  @Schema(name = "Retried")
  record Retried(@Schema(description = "How many operations are sent again.") int retried) {}

  @Schema(name = "Dispute", description = "A field that the till and the back office both changed.")
  record Dispute(
      String field,
      @Schema(nullable = true, description = "What the cashier saw.") @Nullable Object base,
      @Schema(nullable = true, description = "What the cashier typed.") @Nullable Object till,
      @Schema(nullable = true, description = "What Odoo had.") @Nullable Object odoo,
      @Schema(
              enumeration = {"till", "odoo", "append", "merge", "ask"},
              description = "How it was decided; ask: a person must.")
          String decision) {}

  @Schema(name = "Candidate", description = "A partner in Odoo that a new customer could be.")
  record Candidate(
      long odooId,
      boolean archived,
      @Schema(description = "What is the same: vat, barcode, email, phone.") List<String> matchedBy,
      @Schema(type = SchemaType.OBJECT) SortedMap<String, @Nullable Object> values) {}

  @Schema(name = "OperationPage")
  record OperationPage(
      List<Operation> operations,
      @Schema(
              nullable = true,
              description = "The value of 'after' for the next page; null when this is the last.")
          @Nullable Long next) {}
}
