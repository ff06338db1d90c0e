package io.tillkeeper.console;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jboss.logging.Logger;

/** What to try in dev mode: said on the terminal at the start, and on the page. */
@ApplicationScoped
class Tour {

  private static final Logger LOG = Logger.getLogger(Tour.class);
  private static final String TEXT = "/console/tour.txt";

  void announce(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent start) {
    text().ifPresent(text -> LOG.infof("Tillkeeper answers on http://localhost:8484/%n%n%s", text));
  }

  /** The tour; empty outside dev mode, where there is no simulated Odoo. */
  Optional<String> text() {
    return LaunchMode.current() == LaunchMode.DEVELOPMENT
        ? Optional.of(resource(TEXT))
        : Optional.empty();
  }

  static String resource(String path) {
    try (var in = Tour.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException(path + " is not in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
