package io.tillkeeper.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers to the move of a queue to another till. */
@RegisterForReflection(ignoreNested = false)
final class MoveViews {

  private MoveViews() {}

  @Schema(
      name = "MovingOperation",
      description = "An operation that is not settled, as it moves to another till.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Moving(
      @Schema(required = true, description = "On the till that it comes from.") long id,
      @Schema(
              required = true,
              enumeration = {"create", "update"})
          @Nullable String kind,
      @Schema(required = true, format = "uuid", description = "The customer.") @Nullable String ref,
      @Schema(description = "Whether the customer came into the world by that till.")
          boolean createdHere,
      @Schema(nullable = true, description = "The customer's database id, when it is known.")
          @Nullable Long odooId,
      @Schema(type = SchemaType.OBJECT, required = true, description = "What is to be sent.")
          @Nullable SortedMap<String, @Nullable Object> values,
      @Schema(type = SchemaType.OBJECT, nullable = true, description = "What the cashier saw.")
          @Nullable SortedMap<String, @Nullable Object> base,
      @Schema(nullable = true, description = "The company's database id, when it is known.")
          @Nullable Long parentOdooId,
      @Schema(nullable = true, maxLength = 100) @Nullable String till,
      @Schema(nullable = true, maxLength = 100) @Nullable String cashier,
      @Schema(required = true) @Nullable Instant acceptedAt,
      @Schema(nullable = true, format = "uuid", description = "A digest of the till's key.")
          @Nullable String idempotencyKey,
      @Schema(required = true, format = "uuid", description = "A digest of the till's request.")
          @Nullable String requestDigest,
      @Schema(description = "Whether it was on its way once, so that Odoo may have it.")
          boolean maybeDelivered) {}

  @Schema(name = "MovingPage", description = "A part of what is not settled.")
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record MovingPage(
      List<Moving> operations,
      @Schema(
              nullable = true,
              description = "'after' of the next page; none when this is the last.")
          @Nullable Long next) {}

  @Schema(name = "Moved", description = "How many operations have moved.")
  record Moved(int operations) {}
}
