package io.tillkeeper.console;

import io.tillkeeper.queue.OperationQueue;
import io.tillkeeper.sync.Link;
import io.tillkeeper.sync.LinkState;
import io.tillkeeper.sync.Modes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * The page for a person who opens the daemon's address: how things are, and in dev mode what to
 * try.
 */
@Path("/")
class PageResource {

  private static final String PAGE = Tour.resource("/console/page.html");

  private final OperationQueue queue;
  private final Link link;
  private final Modes modes;
  private final Tour tour;

  PageResource(OperationQueue queue, Link link, Modes modes, Tour tour) {
    this.queue = queue;
    this.link = link;
    this.modes = modes;
    this.tour = tour;
  }

  @GET
  @Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
  @Operation(hidden = true)
  public Response page() {
    var state = link.state();
    var counts = queue.counts();
    return Response.ok(
            fill(
                Map.of(
                    "LINK", state.code(),
                    "SYMBOL", symbol(state),
                    "MESSAGE", state.sentence(),
                    "WAITING", String.valueOf(counts.pending() + counts.sending()),
                    "HELD", String.valueOf(counts.held()),
                    "DELIVERED", String.valueOf(counts.deliveredTotal()),
                    "MODE", modes.current().code(),
                    "TOUR", tour.text().map(text -> "<pre>" + escape(text) + "</pre>").orElse(""))))
        .header(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        .header("X-Content-Type-Options", "nosniff")
        .build();
  }

  private static String symbol(LinkState state) {
    return switch (state) {
      case LinkState.Up up -> "\u2713";
      case LinkState.Down down -> "!";
      case LinkState.Blocked blocked -> "\u2717";
    };
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
