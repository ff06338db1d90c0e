package io.tillkeeper.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** A fault of the daemon itself, which no request is known to cause. */
@Path("/test/fault")
public class FailingResource {

  static final String SECRET = "Ana Díaz, 612 345 678";

  @GET
  @Operation(hidden = true)
  public String fail() {
    throw new IllegalStateException(SECRET);
  }
}
