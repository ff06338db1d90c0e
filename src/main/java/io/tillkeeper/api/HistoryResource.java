package io.tillkeeper.api;

import io.tillkeeper.queue.LinkHistory;
import io.tillkeeper.queue.OperationQueue;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;

/** What the last hours were like. */
@Path("/api/v1/history")
@Tag(name = "status", description = "The link, the queue, the mode.")
@Produces(MediaType.APPLICATION_JSON)
class HistoryResource {

  private static final int A_WEEK = 168;

  private final LinkHistory link;
  private final OperationQueue queue;
  private final InstantSource clock;

  HistoryResource(LinkHistory link, OperationQueue queue, InstantSource clock) {
    this.link = link;
    this.queue = queue;
    this.clock = clock;
  }

  @GET
  @Operation(
      operationId = "getHistory",
      summary = "The link, and what came and went, in the last hours",
      description =
          "By the clock of this box as it was at the time. Of a very long queue only the newest 50,000 operations are counted.")
  @APIResponse(
      responseCode = "200",
      description = "The history.",
      content = @Content(schema = @Schema(implementation = StatusViews.History.class)))
  public StatusViews.History history(
      @Parameter(
              description = "How many hours, 1 to 168.",
              schema = @Schema(type = SchemaType.INTEGER, defaultValue = "24"))
          @RestQuery
          @DefaultValue("24")
          String hours) {
    var period =
        Period.until(
            clock.instant(), Duration.ofHours(OperationResource.number("hours", hours, 1, A_WEEK)));
    return new StatusViews.History(
        period.from(),
        period.to(),
        period.stretches(link.changes()),
        period.slots(queue.traffic(period.from())));
  }
}
