package io.tillkeeper.console;

import io.tillkeeper.access.Callers;
import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.Modes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page for a person in the shop. Its modules, under {@code /console}, fill it by way of the
 * public API; what is filled in here is for a browser without JavaScript, and in dev mode what to
 * try.
 */
@Path("/")
class PageResource {

  private static final String PAGE = Tour.resource("/console/page.html");

  private static final String STATE =
      "When this page was loaded, the link to Odoo was %s. %s On their way: %d. Waiting for a person: %d. Delivered so far: %d. Mode: %s.";

  /** Only what the daemon itself serves: nothing within a line, nothing of another host. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final OperationQueue queue;
  private final Link link;
  private final Modes modes;
  private final Callers callers;
  private final Tour tour;

  PageResource(OperationQueue queue, Link link, Modes modes, Callers callers, Tour tour) {
    this.queue = queue;
    this.link = link;
    this.modes = modes;
    this.callers = callers;
    this.tour = tour;
  }

  /** Where calls need a token the page has it say nothing until it has one. */
  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  @Operation(hidden = true)
  public Response page() {
    return Response.ok(
            fill(
                Map.of(
                    "STATE",
                    callers.areProtected() ? "" : "<p>" + state() + "</p>",
                    "TOUR",
                    tour.text().map(PageResource::preformatted).orElse(""))))
        .header("Content-Security-Policy", POLICY)
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Referrer-Policy", "no-referrer")
        .build();
  }

  private String state() {
    var state = link.shown();
    var counts = queue.counts();
    return escape(
        STATE.formatted(
            state.code(),
            state.sentence(),
            counts.pending() + counts.sending(),
            counts.held(),
            counts.deliveredTotal(),
            modes.current().code()));
  }

  private static String preformatted(String tour) {
    return "<pre id=\"tour\" tabindex=\"0\">" + escape(tour) + "</pre>";
  }

  private static String fill(Map<String, String> values) {
    var page = PAGE;
    for (var value : values.entrySet()) {
      page = page.replace("%" + value.getKey() + "%", value.getValue());
    }
    return page;
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
