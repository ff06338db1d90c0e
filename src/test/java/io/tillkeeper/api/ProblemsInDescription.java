package io.tillkeeper.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.annotations.Components;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;
import org.eclipse.microprofile.openapi.annotations.info.License;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/**
 * What the description of the API says beyond its single calls: each of them may answer with a
 * problem.
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
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDescription implements OASFilter {

  @Override
  public Operation filterOperation(Operation operation) {
    operation.getResponses().addAPIResponse("default", problem());
    return operation;
  }

  private static APIResponse problem() {
    var schema = OASFactory.createSchema().ref("#/components/schemas/Problem");
    return OASFactory.createAPIResponse()
        .description("Nothing was done; the problem says why.")
        .content(
            OASFactory.createContent()
                .addMediaType(Problem.MEDIA_TYPE, OASFactory.createMediaType().schema(schema)));
  }
}
