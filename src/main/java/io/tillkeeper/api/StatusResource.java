package io.tillkeeper.api;

import io.tillkeeper.host.Reload;
import io.tillkeeper.sync.Mode;
import io.tillkeeper.sync.Modes;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The state of it all, and what an operator can do about it. */
@Path("/api/v1")
@Tag(name = "status", description = "The link, the queue, the mode.")
@Produces(MediaType.APPLICATION_JSON)
class StatusResource {

  /** For the audit trail, where a till or a page does not say. */
  private static final String NOBODY = "not said";

  private final StatusMaker statuses;
  private final Modes modes;
  private final WorkerLoop worker;
  private final Reload reload;

  StatusResource(StatusMaker statuses, Modes modes, WorkerLoop worker, Reload reload) {
    this.statuses = statuses;
    this.modes = modes;
    this.worker = worker;
    this.reload = reload;
  }

  @GET
  @Path("status")
  @Operation(operationId = "getStatus", summary = "The state of it all")
  @APIResponse(
      responseCode = "200",
      description = "The status.",
      content = @Content(schema = @Schema(implementation = StatusViews.Status.class)))
  public StatusViews.Status status() {
    return statuses.status();
  }

  @PUT
  @Path("mode")
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "setMode",
      summary = "Set the mode",
      description =
          "auto delivers whenever Odoo can be reached; offline never calls Odoo; online-only accepts nothing while the link is"
              + " not up. It outlives the process.")
  @APIResponse(
      responseCode = "200",
      description = "The status, with the new mode.",
      content = @Content(schema = @Schema(implementation = StatusViews.Status.class)))
  public StatusViews.Status mode(Requests.@Nullable ModeChange body) {
    var wanted =
        Optional.ofNullable(body)
            .map(Requests.ModeChange::mode)
            .flatMap(Mode::parse)
            .orElseThrow(
                () ->
                    new ProblemException(
                        ProblemCode.INVALID_REQUEST,
                        "'mode' is auto, offline or online-only.",
                        "mode"));
    modes.change(wanted, by(body));
    worker.wake();
    return status();
  }

  private static String by(Requests.@Nullable ModeChange body) {
    var by = body == null ? null : body.by();
    return by == null ? NOBODY : Requests.line("by", by, Requests.LONGEST_NAME);
  }

  @POST
  @Path("sync")
  @Operation(
      operationId = "sync",
      summary = "Try now",
      description = "Tries the link, and sends everything that waits for its time. Takes no body.")
  @APIResponse(
      responseCode = "202",
      description = "It is being tried; this is the status at its beginning.",
      content = @Content(schema = @Schema(implementation = StatusViews.Status.class)))
  public Response sync() {
    worker.tryNow();
    return Response.accepted(status()).build();
  }

  @POST
  @Path("reload")
  @Operation(
      operationId = "reload",
      summary = "Read the key and the certificates anew, and try now",
      description =
          "For a new API key, or an Odoo that became another version. The rest of the configuration is read at a start only. Takes"
              + " no body.")
  @APIResponse(
      responseCode = "202",
      description =
          "They will be read with the next call to Odoo, which is being made; this is the status before it.",
      content = @Content(schema = @Schema(implementation = StatusViews.Status.class)))
  public Response reload() {
    reload.now();
    return Response.accepted(status()).build();
  }
}
