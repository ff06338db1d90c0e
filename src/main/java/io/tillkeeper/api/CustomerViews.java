package io.tillkeeper.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers about customers, and to what changes them. */
@RegisterForReflection(ignoreNested = false)
final class CustomerViews {

  private static final String DATABASE =
      "The Odoo database that odooId belongs to: never take it for an id of another. null when none is configured.";

  private CustomerViews() {}

  @Schema(name = "CustomerName", description = "Which customer.")
  record CustomerName(
      UUID ref,
      @Schema(
              nullable = true,
              description = "The database id in Odoo; null while Odoo does not have the customer.")
          @Nullable Long odooId,
      @Schema(nullable = true, description = DATABASE) @Nullable String database) {}

  @Schema(name = "AcceptedOperation")
  record AcceptedOperation(
      @Schema(description = "The operation's id, which is its place in the queue.") long id,
      @Schema(enumeration = {"create", "update"}) String kind,
      @Schema(enumeration = "pending") String state,
      Instant acceptedAt) {}

  @Schema(
      name = "Receipt",
      description =
          "The operation is on the disk. The same for a repetition under the same Idempotency-Key.")
  record Receipt(AcceptedOperation operation, CustomerName customer, boolean durable) {}

  @Schema(
      name = "Customer",
      description = "The customer as it will be: what Odoo had last, overlaid with what is queued.")
  record Customer(
      UUID ref,
      @Schema(nullable = true) @Nullable Long odooId,
      @Schema(nullable = true, description = DATABASE) @Nullable String database,
      @Schema(
              enumeration = {"delivered", "waiting", "held", "discarded"},
              description =
                  "delivered: all of it is in Odoo; waiting: something is on its way; held: something waits for a person; discarded: its creation was given up.")
          String standing,
      @Schema(type = SchemaType.OBJECT) SortedMap<String, @Nullable Object> values) {}

  @Schema(name = "CustomerList")
  record CustomerList(List<Customer> customers) {}

  @Schema(name = "Erased", description = "What was erased.")
  record Erased(
      @Schema(description = "How many customers were meant.") int customers,
      @Schema(description = "How many operations were rid of their values.") int operations,
      @Schema(
              description =
                  "The ids of operations that were left, since they are still to be delivered.")
          List<Long> notDelivered) {}
}
