package io.tillkeeper.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A problem response of RFC 9457. */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Why nothing was done (RFC 9457).")
record Problem(
    @Schema(
            description = "Stable; urn:tillkeeper:problem:CODE.",
            examples = "urn:tillkeeper:problem:invalid-customer")
        String type,
    @Schema(examples = "Invalid customer") String title,
    @Schema(description = "The HTTP status.", examples = "422") int status,
    @Schema(description = "One plain sentence.", examples = "A customer needs a name.")
        String detail,
    @Schema(
            description = "The field at fault, if there is one.",
            examples = "name",
            nullable = true)
        @Nullable String field) {

  static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ProblemCode code, String detail, @Nullable String field) {
    return new Problem(code.type(), code.title(), code.status(), detail, field);
  }
}
