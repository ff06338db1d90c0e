package io.tillkeeper.api;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The answers about the trail of what people decided. */
@RegisterForReflection(ignoreNested = false)
final class AuditViews {

  private AuditViews() {}

  @Schema(name = "AuditEntry", description = "Something that a person decided.")
  record AuditEntry(
      long id,
      Instant at,
      String by,
      @Schema(
              enumeration = {
                "retry", "resolve", "discard", "mode", "erase", "export", "import", "pair",
                "unpair", "restore"
              },
              description =
                  "With 'restore' the daemon itself says that another file took the place of the database.")
          String action,
      String detail,
      @Schema(description = "SHA-256 over this entry and the hash of the one before.")
          String hash) {}

  @Schema(name = "AuditTrail", description = "What people decided, in order.")
  record AuditTrail(
      List<AuditEntry> entries,
      @Schema(nullable = true, description = "Where the next page begins: for 'after'.")
          @Nullable Long next) {}

  @Schema(name = "AuditVerification", description = "Whether the audit trail is as it was written.")
  record AuditVerification(
      boolean intact,
      long entries,
      @Schema(
              nullable = true,
              description =
                  "Of the last entry. Noted down on another machine, it shows whether any was removed at the end, even by one who can write to this one.")
          @Nullable String lastHash,
      @Schema(nullable = true, description = "The first entry that is not as it was written.")
          @Nullable Long broken,
      @Schema(
              nullable = true,
              description = "Entries at the end that were written and are not there any more.")
          @Nullable AuditGap missing,
      @Schema(
              nullable = true,
              description =
                  "The entry that was the last at a time and is another one now: entries were removed, and others written since.")
          @Nullable Long replaced) {}

  @Schema(name = "AuditGap", description = "Entries that are not there, by the first and last id.")
  record AuditGap(long first, long last) {}
}
