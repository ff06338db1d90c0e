package io.tillkeeper.storage;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The daemon's own way to its database. */
@ApplicationScoped
class QueueAccessProducer {

  @Produces
  @Singleton
  Encryption encryption(StorageConfig config) {
    return new Encryption(config);
  }

  @Produces
  @Singleton
  QueueAccess access(
      @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url, Encryption encryption) {
    return QueueAccess.of(url, encryption);
  }
}
