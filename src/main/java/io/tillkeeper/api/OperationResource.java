package io.tillkeeper.api;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.queue.OperationQueue;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The queue, page by page. */
@Path("/api/v1/operations")
@Tag(name = "operations", description = "What was accepted, and what became of it.")
@Produces(MediaType.APPLICATION_JSON)
class OperationResource {

  private static final Set<String> STATES =
      Set.of("pending", "sending", "delivered", "held", "discarded");

  private static final int LARGEST_PAGE = 500;

  private final OperationQueue queue;
  private final ViewMaker views;

  OperationResource(OperationQueue queue, ViewMaker views) {
    this.queue = queue;
    this.views = views;
  }

  @GET
  @Operation(
      operationId = "listOperations",
      summary = "Operations in the order in which they were accepted, or the newest first")
  @APIResponse(
      responseCode = "200",
      description = "A page of operations.",
      content = @Content(schema = @Schema(implementation = OperationViews.OperationPage.class)))
  public OperationViews.OperationPage list(
      @Parameter(
              description = "Only those in this state.",
              schema =
                  @Schema(enumeration = {"pending", "sending", "delivered", "held", "discarded"}))
          @RestQuery
          @Nullable String state,
      @Parameter(description = "Only those of this customer: its ref, or odoo:ID.") @RestQuery
          @Nullable String customer,
      @Parameter(
              description = "Only those that come after this id: 'next' of the page before.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
          @RestQuery
          @Nullable String after,
      @Parameter(
              description = "How many at the most, 1 to 500.",
              schema = @Schema(type = SchemaType.INTEGER, defaultValue = "100"))
          @RestQuery
          @DefaultValue("100")
          String limit,
      @Parameter(
              description = "Which come first.",
              schema =
                  @Schema(
                      enumeration = {"oldest", "newest"},
                      defaultValue = "oldest"))
          @RestQuery
          @DefaultValue("oldest")
          String order) {
    if (state != null && !STATES.contains(state)) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER, "'state' is one of the states of an operation.", "state");
    }
    var size = (int) number("limit", limit, 1, LARGEST_PAGE);
    var address = customer == null ? null : CustomerResource.address(customer);
    var place = after == null ? null : number("after", after, 0, Long.MAX_VALUE);
    return page(
        switch (order) {
          case "oldest" -> queue.operations(state, address, place == null ? 0 : place, size + 1);
          case "newest" ->
              queue.newestOperations(
                  state, address, place == null ? Long.MAX_VALUE : place, size + 1);
          default ->
              throw new ProblemException(
                  ProblemCode.INVALID_PARAMETER, "'order' is oldest or newest.", "order");
        },
        size);
  }

  /** One more than asked for was read, to know whether there is a next page. */
  private OperationViews.OperationPage page(List<io.tillkeeper.queue.Operation> read, int size) {
    var shown = read.subList(0, Math.min(read.size(), size));
    var odooIds = queue.odooIds(shown.stream().map(io.tillkeeper.queue.Operation::ref).toList());
    return new OperationViews.OperationPage(
        shown.stream()
            .map(operation -> views.operation(operation, odooIds.get(operation.ref())))
            .toList(),
        read.size() > size ? shown.getLast().seq() : null);
  }

  @GET
  @Path("{id}")
  @Operation(operationId = "getOperation", summary = "One operation with its history")
  @APIResponse(
      responseCode = "200",
      description = "The operation.",
      content = @Content(schema = @Schema(implementation = OperationViews.Operation.class)))
  public OperationViews.Operation get(
      @Parameter(
              description = "The operation's id.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64"))
          @PathParam("id")
          String id) {
    var operation = queue.operation(id(id)).orElseThrow(OperationResource::unknown);
    var name = new CustomerAddress.ByRef(operation.ref());
    return views.operation(operation, queue.odooIds(List.of(name.ref())).get(name.ref()));
  }

  /** Reads an operation's id. */
  static long id(String text) {
    return number("id", text, 1, Long.MAX_VALUE);
  }

  static ProblemException unknown() {
    return new ProblemException(
        ProblemCode.OPERATION_UNKNOWN, "There is no operation with this id.", "id");
  }

  static long number(String parameter, String text, long least, long most) {
    try {
      var number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new ProblemException(
        ProblemCode.INVALID_PARAMETER,
        "'%s' is a whole number from %d to %d.".formatted(parameter, least, most),
        parameter);
  }
}
