package io.tillkeeper.simulator;

import io.vertx.core.MultiMap;
import java.util.Optional;

/** An HTTP request whose body has arrived. */
record Wire(String method, String path, String query, MultiMap headers, String body) {

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  boolean isJson() {
    String type = header("Content-Type").orElse("");
    return type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
  }
}
