package io.tillkeeper.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.nio.file.FileSystemException;
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

  @GET
  @Path("/disk")
  @Operation(hidden = true)
  public String disk() throws IOException {
    throw new FileSystemException("queue", null, "Read-only file system");
  }
}
