package io.tillkeeper.api;

import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.queue.Decided;
import io.tillkeeper.queue.Decision;
import io.tillkeeper.queue.HeldReason;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.queue.Resolution;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** A person's decisions on held operations. */
@Path("/api/v1/operations")
@Tag(name = "decisions", description = "What a person decides about operations that are held.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class DecisionResource {

  private static final int LONGEST_REASON = 1_000;
  private static final Map<String, Boolean> SIDES = Map.of("mine", true, "theirs", false);

  private final OperationQueue queue;
  private final WorkerLoop worker;
  private final ViewMaker views;

  DecisionResource(OperationQueue queue, WorkerLoop worker, ViewMaker views) {
    this.queue = queue;
    this.worker = worker;
    this.views = views;
  }

  @POST
  @Path("{id}/retry")
  @Operation(
      operationId = "retryOperation",
      summary = "Send a held operation again, optionally with corrected values")
  @APIResponse(
      responseCode = "200",
      description = "The operation, which is pending again.",
      content = @Content(schema = @Schema(implementation = OperationViews.Operation.class)))
  public OperationViews.Operation retry(
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) @PathParam("id")
          String id,
      Requests.@Nullable Retry body) {
    var request = Requests.required(body);
    var values = request.values();
    var corrected = values == null ? null : CustomerChange.read(values);
    return decide(
        id,
        new Decision.Retry(corrected, Requests.line("by", request.by(), Requests.LONGEST_NAME)));
  }

  @POST
  @Path("{id}/resolve")
  @Operation(
      operationId = "resolveOperation",
      summary = "Settle a conflict or a duplicate, or bring a missing customer back")
  @APIResponse(
      responseCode = "200",
      description = "The operation, which is pending again.",
      content = @Content(schema = @Schema(implementation = OperationViews.Operation.class)))
  public OperationViews.Operation resolve(
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) @PathParam("id")
          String id,
      Requests.@Nullable Resolve body) {
    var request = Requests.required(body);
    return decide(
        id,
        new Decision.Resolve(
            resolution(request), Requests.line("by", request.by(), Requests.LONGEST_NAME)));
  }

  private static Resolution resolution(Requests.Resolve request) {
    var fields = request.fields() == null ? Map.<String, String>of() : request.fields();
    var create = Boolean.TRUE.equals(request.create());
    var ways = (fields.isEmpty() ? 0 : 1) + (request.link() == null ? 0 : 1) + (create ? 1 : 0);
    if (ways != 1) {
      throw invalid("fields", "Give one of 'fields', 'link' and 'create'.");
    }
    if (request.link() != null && request.link() <= 0) {
      throw invalid("link", "'link' is the database id of a partner in Odoo.");
    }
    // none of these maps may be asked for null, which JSON may have in the place of a side
    if (!fields.values().stream().allMatch(side -> side != null && SIDES.containsKey(side))) {
      throw invalid("fields", "A field in dispute is settled by 'mine' or 'theirs'.");
    }
    return new Resolution(
        fields.entrySet().stream()
            .collect(
                Collectors.toMap(
                    Map.Entry::getKey, side -> SIDES.getOrDefault(side.getValue(), false))),
        request.link(),
        create);
  }

  @POST
  @Path("{id}/discard")
  @Operation(operationId = "discardOperation", summary = "Give a held operation up")
  @APIResponse(
      responseCode = "200",
      description = "The operation, which is discarded.",
      content = @Content(schema = @Schema(implementation = OperationViews.Operation.class)))
  public OperationViews.Operation discard(
      @Parameter(schema = @Schema(type = SchemaType.INTEGER, format = "int64")) @PathParam("id")
          String id,
      Requests.@Nullable Discard body) {
    var request = Requests.required(body);
    return decide(
        id,
        new Decision.Discard(
            Requests.line("reason", request.reason(), LONGEST_REASON),
            Requests.line("by", request.by(), Requests.LONGEST_NAME)));
  }

  @POST
  @Path("retry")
  @Operation(
      operationId = "retryOperations",
      summary = "Send all operations again that are held for one reason")
  @APIResponse(
      responseCode = "200",
      description = "How many.",
      content = @Content(schema = @Schema(implementation = OperationViews.Retried.class)))
  public OperationViews.Retried retryAll(Requests.@Nullable RetryAll body) {
    var request = Requests.required(body);
    var reason =
        Arrays.stream(HeldReason.values())
            .filter(known -> known.code().equals(request.reason()))
            .findFirst()
            .orElseThrow(
                () ->
                    invalid(
                        "reason", "'reason' is one of the reasons for which operations are held."));
    var retried = queue.retryAll(reason, Requests.line("by", request.by(), Requests.LONGEST_NAME));
    worker.wake();
    return new OperationViews.Retried(retried);
  }

  private OperationViews.Operation decide(String id, Decision decision) {
    return switch (queue.decide(OperationResource.id(id), decision)) {
      case Decided.Done done -> {
        worker.wake();
        var ref = done.operation().ref();
        yield views.operation(done.operation(), queue.odooIds(List.of(ref)).get(ref));
      }
      case Decided.Unknown unknown -> throw OperationResource.unknown();
      case Decided.NotHeld other ->
          throw new ProblemException(
              ProblemCode.NOT_HELD,
              "Only a held operation can be decided on; this one is %s.".formatted(other.state()));
      case Decided.DoesNotFit misfit ->
          throw new ProblemException(ProblemCode.DECISION_DOES_NOT_FIT, misfit.detail());
    };
  }

  private static ProblemException invalid(String property, String detail) {
    return new ProblemException(ProblemCode.INVALID_REQUEST, detail, property);
  }
}
