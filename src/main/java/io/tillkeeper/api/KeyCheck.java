package io.tillkeeper.api;

import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses an empty {@code Idempotency-Key}. The framework takes an empty header for none; but the
 * till meant to give a key, and would repeat its request without one.
 */
class KeyCheck {

  @ServerRequestFilter
  void check(ContainerRequestContext request) {
    var key = request.getHeaderString("Idempotency-Key");
    if (key != null && key.isBlank()) {
      throw AcceptanceReader.invalidKey();
    }
  }
}
