package io.tillkeeper.api;

import io.tillkeeper.storage.Backups;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestResponse;

/** Copies of the queue's database. */
@Path("/api/v1/backups")
@Tag(name = "backups", description = "Copies of the queue's database.")
@Produces(MediaType.APPLICATION_JSON)
class BackupResource {

  private static final Logger LOG = Logger.getLogger(BackupResource.class);

  private final Backups backups;

  BackupResource(Backups backups) {
    this.backups = backups;
  }

  @POST
  @Operation(
      operationId = "takeBackup",
      summary = "Copy the queue's database, while it is used",
      description =
          "The copy is a file beside the database, whole and on the disk when it is answered. Takes no body.")
  @APIResponse(
      responseCode = "201",
      description = "Where the copy is.",
      content = @Content(schema = @Schema(implementation = StatusViews.Backup.class)))
  @ResponseStatus(RestResponse.StatusCode.CREATED)
  public StatusViews.Backup take() {
    try {
      var backup = backups.take();
      return new StatusViews.Backup(backup.file().toString(), backup.bytes(), backup.at());
    } catch (IOException e) {
      LOG.warn("No backup can be made.", e);
      throw new ProblemException(
          ProblemCode.DISK_FULL, "No backup can be made: the disk takes no copy.", null);
    }
  }
}
