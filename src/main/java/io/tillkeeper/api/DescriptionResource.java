package io.tillkeeper.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The description of the API, as a test has made it of the code: to make it at each start takes a
 * tenth of the start.
 */
@OpenAPIDefinition(
    components = @Components(schemas = @Schema(name = "Problem", implementation = Problem.class)),
    info =
        @Info(
            title = "Tillkeeper",
            version = "v1",
            description =
                "Keeps the customers of an Odoo point of sale while the line is down, and brings them into Odoo exactly once.",
            license = @License(name = "Apache-2.0", identifier = "Apache-2.0")))
@Path("/q/openapi")
class DescriptionResource {

  /** Of the class path; a test tells when it is no more what the code does. */
  private static final String FILE = "/openapi.json";

  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @Operation(hidden = true)
  public InputStream description() throws IOException {
    return Objects.requireNonNull(DescriptionResource.class.getResourceAsStream(FILE));
  }
}
