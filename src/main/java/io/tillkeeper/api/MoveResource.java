package io.tillkeeper.api;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.customer.CustomerChange;
import io.tillkeeper.customer.CustomerValues;
import io.tillkeeper.customer.InvalidCustomer;
import io.tillkeeper.queue.Moves;
import io.tillkeeper.queue.Moving;
import io.tillkeeper.queue.OperationKind;
import io.tillkeeper.sync.WorkerLoop;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What is not delivered, on its way from one till to another. */
@Path("/api/v1")
@Tag(name = "moves", description = "What is not delivered, on its way from one till to another.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class MoveResource {

  private static final Logger LOG = Logger.getLogger(MoveResource.class);
  private static final int MOST = 500;
  private static final String OPERATIONS = "operations";

  private final Moves moves;
  private final WorkerLoop worker;

  MoveResource(Moves moves, WorkerLoop worker) {
    this.moves = moves;
    this.worker = worker;
  }

  @GET
  @Path("exports")
  @Operation(
      operationId = "listExport",
      summary = "What is not delivered, for another till to take over",
      description =
          "In the order of acceptance, a page at a time, for the command line alone. Nothing is changed by it.")
  @APIResponse(
      responseCode = "200",
      description = "The operations.",
      content = @Content(schema = @Schema(implementation = MoveViews.MovingPage.class)))
  public MoveViews.MovingPage list(
      @Parameter(
              description = "Only those that come after this id: 'next' of the page before.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64", defaultValue = "0"))
          @RestQuery
          @DefaultValue("0")
          String after,
      @Parameter(
              description = "How many at the most, 1 to 500.",
              schema = @Schema(type = SchemaType.INTEGER, defaultValue = "100"))
          @RestQuery
          @DefaultValue("100")
          String limit) {
    var size = (int) OperationResource.number("limit", limit, 1, MOST);
    var place = OperationResource.number("after", after, 0, Long.MAX_VALUE);
    var page = moves.open(place, size).stream().map(MoveResource::view).toList();
    return new MoveViews.MovingPage(page, page.size() < size ? null : page.getLast().id());
  }

  @POST
  @Path("exports")
  @Operation(
      operationId = "leaveToAnotherTill",
      summary = "Leave operations to another till",
      description =
          "For the command line alone. They are discarded here. What is being sent at that moment, or is settled by then, stays as it is. To be asked when"
              + " the other till, or a file, has them. With 'stop' false they stay, and overwrite no newer value in Odoo without"
              + " asking a person.")
  @APIResponse(
      responseCode = "200",
      description = "How many are left to it, or are there as well.",
      content = @Content(schema = @Schema(implementation = MoveViews.Moved.class)))
  public MoveViews.Moved leave(Requests.@Nullable Export body) {
    var request = Requests.required(body);
    var by = Requests.line("by", request.by(), Requests.LONGEST_NAME);
    var operations = several(request.operations());
    var moved = request.stops() ? moves.leave(operations, by) : moves.share(operations, by);
    LOG.infof(
        request.stops()
            ? "%d operations are left to another till."
            : "%d operations are at another till as well.",
        moved);
    return new MoveViews.Moved(moved);
  }

  @POST
  @Path("imports")
  @Operation(
      operationId = "takeOver",
      summary = "Take operations of another till over",
      description =
          "All of them or none. Those that are here already are not taken twice: it may be repeated. What may have been"
              + " delivered before is compared with Odoo, and overwrites nothing.")
  @APIResponse(
      responseCode = "200",
      description = "How many are to be delivered here that were not before.",
      content = @Content(schema = @Schema(implementation = MoveViews.Moved.class)))
  public MoveViews.Moved takeOver(Requests.@Nullable Import body) {
    var request = Requests.required(body);
    var by = Requests.line("by", request.by(), Requests.LONGEST_NAME);
    var moving = several(request.operations()).stream().map(MoveResource::moving).toList();
    var taken = moves.takeOver(moving, by);
    LOG.infof("%d operations of another till are taken over.", taken);
    worker.wake();
    return new MoveViews.Moved(taken);
  }

  private static <T> List<T> several(@Nullable List<T> operations) {
    if (operations == null
        || operations.isEmpty()
        || operations.size() > MOST
        || operations.stream().anyMatch(Objects::isNull)) {
      throw invalid("'operations' has 1 to %d of them.".formatted(MOST), OPERATIONS);
    }
    return operations;
  }

  private static MoveViews.Moving view(Moving moving) {
    var base = moving.base();
    return new MoveViews.Moving(
        moving.seq(),
        moving.kind().code(),
        moving.ref().toString(),
        moving.createdHere(),
        moving.odooId(),
        moving.change().toJson(),
        base == null ? null : base.toJson(),
        moving.parentOdooId(),
        moving.till(),
        moving.cashier(),
        moving.acceptedAt(),
        moving.idempotencyKey() == null ? null : moving.idempotencyKey().toString(),
        moving.requestDigest().toString(),
        moving.maybeDelivered());
  }

  /** What comes from another till is looked at like what comes from a page. */
  private static Moving moving(MoveViews.Moving view) {
    var base = view.base();
    var kind =
        Arrays.stream(OperationKind.values())
            .filter(known -> known.code().equals(view.kind()))
            .findFirst()
            .orElseThrow(() -> invalid("'kind' is create or update.", "kind"));
    var ref = uuid("ref", view.ref());
    return new Moving(
        view.id(),
        kind,
        ref,
        view.createdHere(),
        odooId("odooId", view.odooId()),
        change(kind, ref, required("values", view.values())),
        base == null ? null : CustomerValues.readSeen(base),
        odooId("parentOdooId", view.parentOdooId()),
        AcceptanceReader.name("till", view.till()),
        AcceptanceReader.name("cashier", view.cashier()),
        required("acceptedAt", view.acceptedAt()),
        view.idempotencyKey() == null ? null : uuid("idempotencyKey", view.idempotencyKey()),
        uuid("requestDigest", view.requestDigest()),
        view.maybeDelivered());
  }

  private static CustomerChange change(
      OperationKind kind, UUID ref, Map<String, @Nullable Object> values) {
    var change = CustomerChange.read(values);
    if (change.isEmpty() || ref.equals(change.parentRef())) {
      throw new InvalidCustomer("values", "There is nothing to deliver in it.");
    }
    if (kind == OperationKind.CREATE && !change.values().fields().containsKey("name")) {
      throw new InvalidCustomer("name", "A customer needs a name.");
    }
    return change;
  }

  private static UUID uuid(String property, @Nullable String text) {
    return CustomerAddress.parseRef(required(property, text))
        .orElseThrow(() -> invalid("'%s' is a UUID.".formatted(property), property));
  }

  private static @Nullable Long odooId(String property, @Nullable Long id) {
    if (id != null && (id <= 0 || id > Integer.MAX_VALUE)) {
      throw invalid("'%s' is a database id of Odoo.".formatted(property), property);
    }
    return id;
  }

  private static <T> T required(String property, @Nullable T value) {
    if (value == null) {
      throw invalid("'%s' is missing.".formatted(property), property);
    }
    return value;
  }

  private static ProblemException invalid(String detail, String property) {
    return new ProblemException(ProblemCode.INVALID_REQUEST, detail, property);
  }
}
