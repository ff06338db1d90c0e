package io.tillkeeper.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer, ready to be sent. */
record Answer(int status, Map<String, String> headers, String body) {

  private static final String CONTENT_TYPE = "Content-Type";

  static Answer json(int status, JsonNode body) {
    return new Answer(
        status, Map.of(CONTENT_TYPE, "application/json; charset=utf-8"), Json.text(body));
  }

  static Answer html(int status, String body) {
    return new Answer(status, Map.of(CONTENT_TYPE, "text/html; charset=utf-8"), body);
  }

  /** The page that Odoo shows when it finds neither the route nor a database. */
  static Answer notFound() {
    return html(
        404,
        """
        <!DOCTYPE html>
        <title>404 Not Found</title>
        <h1>Not Found</h1>
        <p>No database is selected and the requested URL was not found in the server-wide controllers.</p>
        <p>Please verify the hostname, <a href=/web/login>login</a> and try again.</p>
        """);
  }

  /** A route that was asked with the wrong content type: another status before Odoo 19. */
  static Answer wrongContentType(OdooVersion version, String route) {
    int status = version.atLeast(OdooVersion.V19) ? 415 : 400;
    String title = status == 415 ? "Unsupported Media Type" : "Bad Request";
    return html(
        status,
        """
        <!doctype html>
        <html lang=en>
        <title>%d %s</title>
        <h1>%s</h1>
        <p>Request inferred type is not compatible with that of &#39;%s&#39;.</p>
        """
            .formatted(status, title, title, route));
  }

  Answer with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Answer(status, all, body);
  }
}
