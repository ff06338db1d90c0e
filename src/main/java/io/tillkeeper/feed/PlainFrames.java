package io.tillkeeper.feed;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * Has no frame of the feed be packed, whatever the other side offers: one of a few bytes would be a
 * thousand times as large before anybody could say that it is too large. For packed messages
 * Quarkus has a setting; packed frames, which older browsers know, the server would agree to by
 * itself.
 */
@Singleton
class PlainFrames implements HttpServerOptionsCustomizer {

  @Override
  public void customizeHttpServer(HttpServerOptions options) {
    options.setPerFrameWebSocketCompressionSupported(false);
  }
}
