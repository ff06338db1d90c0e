package io.tillkeeper.api;

import io.tillkeeper.queue.AuditEntry;
import io.tillkeeper.queue.AuditTrail;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What people decided. */
@Path("/api/v1/audit")
@Tag(name = "audit", description = "What people decided, each entry chained to the one before.")
@Produces(MediaType.APPLICATION_JSON)
class AuditResource {

  private static final int LARGEST_PAGE = 500;

  private final AuditTrail trail;

  AuditResource(AuditTrail trail) {
    this.trail = trail;
  }

  @GET
  @Operation(operationId = "listAudit", summary = "What people decided, page by page")
  @APIResponse(
      responseCode = "200",
      description = "The page.",
      content = @Content(schema = @Schema(implementation = AuditViews.AuditTrail.class)))
  public AuditViews.AuditTrail entries(
      @Parameter(
              description = "Only those that come after this id: 'next' of the page before.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
          @RestQuery
          @DefaultValue("0")
          String after,
      @Parameter(
              description = "How many at the most, 1 to 500.",
              schema = @Schema(type = SchemaType.INTEGER, defaultValue = "100"))
          @RestQuery
          @DefaultValue("100")
          String limit) {
    var size = (int) OperationResource.number("limit", limit, 1, LARGEST_PAGE);
    var read = trail.entries(OperationResource.number("after", after, 0, Long.MAX_VALUE), size + 1);
    var shown = read.subList(0, Math.min(read.size(), size));
    return new AuditViews.AuditTrail(
        shown.stream().map(AuditResource::view).toList(),
        read.size() > size ? shown.getLast().id() : null);
  }

  private static AuditViews.AuditEntry view(AuditEntry entry) {
    return new AuditViews.AuditEntry(
        entry.id(), entry.at(), entry.by(), entry.action(), entry.detail(), entry.hash());
  }

  @GET
  @Path("verification")
  @Operation(
      operationId = "verifyAudit",
      summary = "Whether the audit trail is as it was written",
      description =
          "Computes each hash anew, and compares the end with what is noted down beside the database.")
  @APIResponse(
      responseCode = "200",
      description = "What was found.",
      content = @Content(schema = @Schema(implementation = AuditViews.AuditVerification.class)))
  public AuditViews.AuditVerification verify() {
    var found = trail.verify();
    var missing = found.missing();
    return new AuditViews.AuditVerification(
        found.isIntact(),
        found.entries(),
        found.lastHash(),
        found.broken(),
        missing == null ? null : new AuditViews.AuditGap(missing.first(), missing.last()),
        found.replaced());
  }
}
