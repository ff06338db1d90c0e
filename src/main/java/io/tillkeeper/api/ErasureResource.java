package io.tillkeeper.api;

import io.tillkeeper.queue.ErasureRequest;
import io.tillkeeper.queue.OperationQueue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Erases a person on request. */
@Path("/api/v1/erasures")
@Tag(name = "erasures", description = "A person's wish to be forgotten.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class ErasureResource {

  private static final Logger LOG = Logger.getLogger(ErasureResource.class);

  private final OperationQueue queue;

  ErasureResource(OperationQueue queue) {
    this.queue = queue;
  }

  @POST
  @Operation(
      operationId = "erasePerson",
      summary = "Erase what this till keeps of a person",
      description =
          "What is known of the customer, and the values of operations that were delivered or discarded. What is still to be"
              + " delivered is left, and its operations are named; it is erased within the hour after it is in Odoo. Odoo itself is"
              + " not told. A copy of the queue that takes its place later brings nobody back.")
  @APIResponse(
      responseCode = "200",
      description = "What was erased, and what was not.",
      content = @Content(schema = @Schema(implementation = CustomerViews.Erased.class)))
  public CustomerViews.Erased erase(Requests.@Nullable Erasure body) {
    var request = Requests.required(body);
    var by = Requests.line("by", request.by(), Requests.LONGEST_NAME);
    var erased = queue.erase(person(request), by);
    LOG.infof(
        "A person was erased, and the audit has by whom: %d customers, %d operations; %d operations are still to be delivered.",
        erased.customers(), erased.operations(), erased.notDelivered().size());
    return new CustomerViews.Erased(erased.customers(), erased.operations(), erased.notDelivered());
  }

  private static ErasureRequest person(Requests.Erasure request) {
    var customer = request.customer();
    var email = request.email();
    var phone = request.phone();
    if (Stream.of(customer, email, phone)
            .filter(Objects::nonNull)
            .filter(name -> !name.isBlank())
            .count()
        != 1) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, "Give one of 'customer', 'email' and 'phone'.", "customer");
    }
    if (customer != null && !customer.isBlank()) {
      return new ErasureRequest.OfCustomer(CustomerResource.address(customer));
    }
    return email != null && !email.isBlank()
        ? new ErasureRequest.OfEmail(email)
        : new ErasureRequest.OfPhone(Objects.requireNonNull(phone));
  }
}
