package io.tillkeeper.api;

import io.tillkeeper.customer.CustomerAddress;
import io.tillkeeper.queue.Accepted;
import io.tillkeeper.queue.OperationQueue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
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
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** Accepting customers and their changes, and finding customers. */
@Path("/api/v1/customers")
@Tag(name = "customers", description = "Hand over customers and changes; find customers.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class CustomerResource {

  private static final String KEY_DESCRIPTION =
      "1 to 255 characters, new for each customer or change: the same key with the same body is accepted once, and gets the"
          + " same answer again.";

  private static final int MOST_FOUND = 50;
  private static final int LONGEST_QUERY = 200;

  private final AcceptanceReader reader;
  private final Admission admission;
  private final OperationQueue queue;
  private final ViewMaker views;

  CustomerResource(
      AcceptanceReader reader, Admission admission, OperationQueue queue, ViewMaker views) {
    this.reader = reader;
    this.admission = admission;
    this.queue = queue;
    this.views = views;
  }

  @POST
  @Operation(operationId = "createCustomer", summary = "Accept a new customer")
  @APIResponse(
      responseCode = "202",
      description = "It is on the disk, and on its way to Odoo.",
      headers =
          @Header(
              name = "Location",
              description = "The operation.",
              schema = @Schema(format = "uri")),
      content = @Content(schema = @Schema(implementation = CustomerViews.Receipt.class)))
  public Response create(
      Requests.@Nullable NewCustomer body,
      @Parameter(description = KEY_DESCRIPTION) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey) {
    return accepted(admission.admit(reader.create(body, idempotencyKey)));
  }

  @PATCH
  @Path("{ref}")
  @Operation(
      operationId = "updateCustomer",
      summary = "Accept new values for some fields of a customer")
  @APIResponse(
      responseCode = "202",
      description = "It is on the disk, and on its way to Odoo.",
      headers =
          @Header(
              name = "Location",
              description = "The operation.",
              schema = @Schema(format = "uri")),
      content = @Content(schema = @Schema(implementation = CustomerViews.Receipt.class)))
  public Response update(
      @Parameter(description = "The customer's ref, or odoo:ID.", example = "odoo:42")
          @PathParam("ref")
          String ref,
      Requests.@Nullable CustomerUpdate body,
      @Parameter(description = KEY_DESCRIPTION) @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey) {
    return accepted(admission.admit(reader.update(address(ref), body, idempotencyKey)));
  }

  private Response accepted(Accepted.Receipt receipt) {
    return Response.accepted(views.receipt(receipt))
        .location(URI.create("/api/v1/operations/" + receipt.seq()))
        .build();
  }

  @GET
  @Path("{ref}")
  @Operation(operationId = "getCustomer", summary = "One customer as it will be")
  @APIResponse(
      responseCode = "200",
      description = "The customer.",
      content = @Content(schema = @Schema(implementation = CustomerViews.Customer.class)))
  public CustomerViews.Customer get(
      @Parameter(description = "The customer's ref, or odoo:ID.", example = "odoo:42")
          @PathParam("ref")
          String ref) {
    return queue
        .customer(address(ref))
        .map(views::customer)
        .orElseThrow(Admission::unknownCustomer);
  }

  @GET
  @Operation(
      operationId = "findCustomers",
      summary = "Customers whose name, phone, e-mail, VAT or barcode contains a text",
      description =
          "Those that this daemon knows: created or changed at this till. At most 50, in the order of their names.")
  @APIResponse(
      responseCode = "200",
      description = "The customers.",
      content = @Content(schema = @Schema(implementation = CustomerViews.CustomerList.class)))
  public CustomerViews.CustomerList find(
      @Parameter(required = true, description = "What the cashier typed.", example = "ana")
          @RestQuery
          @Nullable String query) {
    return search(query);
  }

  @POST
  @Path("search")
  @Operation(
      operationId = "searchCustomers",
      summary = "The same as findCustomers, as a POST",
      description =
          "For a page under a service worker that keeps the answer of each GET, as that of Odoo 19's POS does: what it keeps is customers' data, and old news. It changes nothing.")
  @APIResponse(
      responseCode = "200",
      description = "The customers.",
      content = @Content(schema = @Schema(implementation = CustomerViews.CustomerList.class)))
  public CustomerViews.CustomerList searchByPost(Requests.@Nullable CustomerSearch body) {
    return search(Requests.required(body).query());
  }

  private CustomerViews.CustomerList search(@Nullable String query) {
    if (query == null || query.isBlank() || query.length() > LONGEST_QUERY) {
      throw new ProblemException(
          ProblemCode.INVALID_PARAMETER,
          "'query' is 1 to " + LONGEST_QUERY + " characters.",
          "query");
    }
    return new CustomerViews.CustomerList(
        queue.search(query, MOST_FOUND).stream().map(views::customer).toList());
  }

  static CustomerAddress address(String text) {
    return CustomerAddress.parse(text)
        .orElseThrow(
            () ->
                new ProblemException(
                    ProblemCode.INVALID_PARAMETER,
                    "A customer is named by its ref, a UUID, or by odoo:ID.",
                    "ref"));
  }
}
