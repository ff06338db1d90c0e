package io.tillkeeper.api;

import io.tillkeeper.queue.Rehearsal;
import io.tillkeeper.queue.RehearsalBook;
import io.tillkeeper.sync.RehearsalAnswer;
import io.tillkeeper.sync.Rehearsals;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Rehearsals of airplane mode, and their reports. */
@Path("/api/v1/rehearsals")
@Tag(name = "rehearsals", description = "Try airplane mode against an Odoo that is for tests.")
@Produces(MediaType.APPLICATION_JSON)
class RehearsalResource {

  private static final int CUSTOMERS = 10;
  private static final int MOST_CUSTOMERS = 200;
  private static final int SECONDS = 30;
  private static final int MOST_SECONDS = 3_600;

  /** The report is one page by itself: nothing runs in it, and nothing is fetched. */
  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  private final Rehearsals rehearsals;
  private final RehearsalBook book;
  private final Admission admission;

  RehearsalResource(Rehearsals rehearsals, RehearsalBook book, Admission admission) {
    this.rehearsals = rehearsals;
    this.book = book;
    this.admission = admission;
  }

  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  @Operation(
      operationId = "startRehearsal",
      summary = "Rehearse airplane mode",
      description =
          "Only where tillkeeper.rehearsal.staging says that the configured Odoo is for tests, and while nothing is on its way."
              + " Sets the mode offline for the given time, accepts marked test customers, sets the mode back, delivers, looks"
              + " each up in Odoo, and archives them there.")
  @APIResponse(
      responseCode = "202",
      description = "It has begun.",
      headers =
          @Header(
              name = "Location",
              description = "The rehearsal.",
              schema = @Schema(format = "uri")),
      content = @Content(schema = @Schema(implementation = RehearsalViews.Rehearsal.class)))
  public Response start(Requests.@Nullable NewRehearsal body) {
    var request = Requests.required(body);
    if (!rehearsals.areAllowed()) {
      throw new ProblemException(
          ProblemCode.REHEARSAL_NOT_ALLOWED, rehearsals.obstacle().orElseThrow());
    }
    var customers = number("customers", request.customers(), CUSTOMERS, 1, MOST_CUSTOMERS);
    var seconds = number("offlineSeconds", request.offlineSeconds(), SECONDS, 0, MOST_SECONDS);
    admission.checkStorage();
    return switch (rehearsals.begin(customers, seconds)) {
      case RehearsalAnswer.Begun begun ->
          Response.accepted(RehearsalMaker.view(begun.rehearsal()))
              .location(URI.create("/api/v1/rehearsals/" + begun.rehearsal().id()))
              .build();
      case RehearsalAnswer.NotAllowed not ->
          throw new ProblemException(ProblemCode.REHEARSAL_NOT_ALLOWED, not.why());
      case RehearsalAnswer.NotPossible not ->
          throw new ProblemException(ProblemCode.REHEARSAL_NOT_POSSIBLE, not.why());
    };
  }

  private static int number(
      String property, @Nullable Integer given, int otherwise, int least, int most) {
    var number = given == null ? otherwise : given;
    if (number < least || number > most) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "'%s' is a whole number from %d to %d.".formatted(property, least, most),
          property);
    }
    return number;
  }

  @GET
  @Operation(operationId = "listRehearsals", summary = "The last twenty rehearsals, newest first")
  @APIResponse(
      responseCode = "200",
      description = "The rehearsals, and whether one can begin.",
      content = @Content(schema = @Schema(implementation = RehearsalViews.RehearsalList.class)))
  public RehearsalViews.RehearsalList list() {
    return new RehearsalViews.RehearsalList(
        rehearsals.areAllowed(),
        rehearsals.obstacle().orElse(null),
        book.newest().stream().map(RehearsalMaker::view).toList());
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getRehearsal", summary = "One rehearsal: its report as JSON")
  @APIResponse(
      responseCode = "200",
      description = "The rehearsal.",
      content = @Content(schema = @Schema(implementation = RehearsalViews.Rehearsal.class)))
  public RehearsalViews.Rehearsal get(
      @Parameter(description = "The rehearsal's id.") @PathParam("id") String id) {
    return RehearsalMaker.view(rehearsal(id));
  }

  @GET
  @Path("{id}/report")
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  @Operation(
      operationId = "getRehearsalReport",
      summary = "The report of a rehearsal as a page that can be kept and printed")
  @APIResponse(
      responseCode = "200",
      description = "The page, which needs nothing else.",
      content = @Content(schema = @Schema(implementation = String.class)))
  public Response report(
      @Parameter(description = "The rehearsal's id.") @PathParam("id") String id) {
    return Response.ok(RehearsalReport.of(RehearsalMaker.view(rehearsal(id))))
        .header("Content-Security-Policy", POLICY)
        .header("Referrer-Policy", "no-referrer")
        .header("Content-Disposition", "inline; filename=\"rehearsal-" + id + ".html\"")
        .build();
  }

  private Rehearsal rehearsal(String id) {
    return book.rehearsal(id)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.REHEARSAL_UNKNOWN, "There is no rehearsal with this id.", "id"));
  }
}
