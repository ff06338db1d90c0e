package io.tillkeeper.api;

import io.tillkeeper.customer.InvalidCustomer;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Takes the very call that a POS could not bring to Odoo, and answers as Odoo would. */
@Path("/api/v1/rpc")
@Tag(name = "rpc", description = "Hand over customers in Odoo's own words.")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
class RpcResource {

  private final RpcIntake intake;
  private final ViewMaker views;

  RpcResource(RpcIntake intake, ViewMaker views) {
    this.intake = intake;
    this.views = views;
  }

  @POST
  @Operation(
      operationId = "rpc",
      summary = "Accept a call_kw of Odoo's for res.partner",
      description =
          "Takes create, write, create_from_ui and web_save. All customers of a call are accepted, or none. A customer"
              + " that Odoo does not have yet is answered with a negative id, which later calls, and odoo:ID elsewhere,"
              + " understand for ever.")
  @APIResponse(
      responseCode = "200",
      description = "As of JSON-RPC: the result when everything is on the disk, or an error.",
      content =
          @Content(schema = @Schema(oneOf = {RpcAnswer.Result.class, RpcAnswer.Failure.class})))
  public RpcAnswer call(
      @RequestBody(
              required = true,
              description = "JSON-RPC 2.0, as the web client of Odoo sends it.",
              content =
                  @Content(
                      schema = @Schema(type = SchemaType.OBJECT),
                      examples =
                          @ExampleObject(
                              name = "create",
                              value =
                                  """
                                  {"jsonrpc": "2.0", "method": "call", "id": 1,
                                   "params": {"model": "res.partner", "method": "create",
                                              "args": [{"name": "Ana Díaz"}], "kwargs": {}}}""")))
          @Nullable Map<String, @Nullable Object> body,
      @Parameter(
              description =
                  "1 to 255 characters, new for each call: the same key with the same call is accepted once. Then the"
                      + " answer has Odoo's own ids, where there are any meanwhile.")
          @HeaderParam("Idempotency-Key")
          @Nullable String idempotencyKey) {
    if (body == null) {
      throw new ProblemException(ProblemCode.INVALID_JSON, "The body is not one JSON object.");
    }
    var id = body.get("id");
    try {
      var call = RpcCall.read(body);
      return RpcAnswer.of(id, call, intake.take(call, idempotencyKey), views.database());
    } catch (RpcCall.Unsupported e) {
      return RpcAnswer.failure(id, "call-unsupported", String.valueOf(e.getMessage()), null);
    } catch (ProblemException e) {
      return RpcAnswer.failure(id, e.problem());
    } catch (InvalidCustomer e) {
      return RpcAnswer.failure(
          id, Problem.of(ProblemCode.INVALID_CUSTOMER, String.valueOf(e.getMessage()), e.field()));
    }
  }
}
