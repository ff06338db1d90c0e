package io.tillkeeper.odoo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A recorded exchange with a real Odoo. */
record Recording(JsonNode request, JsonNode response) {

  static Recording of(String version, String name) {
    String path = "/odoo-recordings/" + version + "/" + name + ".json";
    try (InputStream in = Recording.class.getResourceAsStream(path)) {
      JsonNode exchange = new ObjectMapper().readTree(Objects.requireNonNull(in, path));
      return new Recording(exchange.get("request"), exchange.get("response"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An answer of Odoo's of which only the body matters. */
  static Recording answered(String body) {
    ObjectMapper json = new ObjectMapper();
    return new Recording(
        json.createObjectNode(), json.createObjectNode().put("status", 200).put("body", body));
  }

  int status() {
    return response.get("status").intValue();
  }

  String body() {
    return response.get("body").textValue();
  }

  JsonNode sent() {
    return request.path("json");
  }

  /** The answer as Odoo gave it. */
  StubServer.Behaviour replay() {
    return StubServer.answer(status(), contentType(), body());
  }

  private String contentType() {
    for (JsonNode header : response.get("headers")) {
      if (header.get(0).textValue().equalsIgnoreCase("Content-Type")) {
        return header.get(1).textValue();
      }
    }
    throw new IllegalStateException("A recording without a content type");
  }
}
