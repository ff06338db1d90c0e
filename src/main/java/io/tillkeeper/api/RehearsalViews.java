package io.tillkeeper.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers about rehearsals. */
@RegisterForReflection(ignoreNested = false)
final class RehearsalViews {

  private RehearsalViews() {}

  @Schema(name = "RehearsalCheck", description = "What was found in Odoo of one test customer.")
  record RehearsalCheck(
      @Schema(description = "Its name.") String customer,
      UUID ref,
      @Schema(nullable = true, description = "The partner; null when there is none.")
          @Nullable Long odooId,
      @Schema(description = "How many partners have its e-mail: one is right.") int found,
      @Schema(description = "The partner has every value that was sent.") boolean right,
      @Schema(description = "The partner is archived.") boolean archived,
      @Schema(nullable = true, description = "What there is to complain of, if anything.")
          @Nullable String problem) {}

  @Schema(
      name = "Rehearsal",
      description =
          "A rehearsal of airplane mode: where it stands and, when it has ended, its report.")
  record Rehearsal(
      String id,
      @Schema(
              enumeration = {"offline", "delivering", "checking", "archiving", "done", "failed"},
              description =
                  "done: it went as it was asked for, and the checks tell how well; failed: it did not.")
          String phase,
      Instant startedAt,
      @Schema(description = "When Odoo is to be called again.") Instant offlineUntil,
      @Schema(nullable = true, description = "When Odoo was called again.")
          @Nullable Instant backAt,
      @Schema(nullable = true, description = "When the last of the customers had arrived.")
          @Nullable Instant deliveredAt,
      @Schema(nullable = true) @Nullable Instant endedAt,
      @Schema(description = "How many were asked for.") int customers,
      int offlineSeconds,
      @Schema(description = "How many customers are in the queue or were.") int accepted,
      @Schema(description = "Of how many everything is in Odoo.") int delivered,
      List<RehearsalCheck> checks,
      @Schema(nullable = true, description = "null while it is not known.")
          @Nullable Boolean passed,
      @Schema(description = "One sentence.") String summary,
      @Schema(description = "What went otherwise than it was asked for, a sentence each.")
          List<String> troubles,
      @Schema(description = "Nothing of it is left to do.") boolean cleanedUp,
      @Schema(description = "The Odoo that it ran against.") StatusViews.Odoo odoo,
      @Schema(description = "The version of Tillkeeper that it ran with.") String version) {}

  @Schema(name = "RehearsalList", description = "The last rehearsals, newest first.")
  record RehearsalList(
      @Schema(description = "Whether the configured Odoo is marked as one for tests.")
          boolean allowed,
      @Schema(nullable = true, description = "Why none can begin now; null when one can.")
          @Nullable String reason,
      List<Rehearsal> rehearsals) {}
}
