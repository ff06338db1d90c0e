package io.tillkeeper.sync;

import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.queue.Settings;
import io.tillkeeper.storage.StartRefused;
import io.tillkeeper.storage.StorageConfig;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.Optional;

/**
 * Binds a queue to the Odoo database that it first was for: the ids in it are that database's, and
 * would be other customers' in another one. Ends the start when the configuration names another.
 */
@ApplicationScoped
class DatabaseBinding {

  /** After the database is opened, before anything is delivered. */
  private static final int EARLY = Interceptor.Priority.LIBRARY_BEFORE;

  private static final String SETTING = "odoo-database";

  /** A configuration error, in {@code sysexits.h}. */
  private static final int EX_CONFIG = 78;

  private final OdooConfig odoo;
  private final StorageConfig storage;
  private final Settings settings;

  DatabaseBinding(OdooConfig odoo, StorageConfig storage, Settings settings) {
    this.odoo = odoo;
    this.storage = storage;
    this.settings = settings;
  }

  void check(@Observes @Priority(EARLY) StartupEvent start) {
    odoo.database().ifPresent(wanted -> bind(settings.get(SETTING), wanted));
  }

  private void bind(Optional<String> bound, String wanted) {
    if (bound.isEmpty() || bound.equals(odoo.renamedFrom())) {
      settings.put(SETTING, wanted);
    } else if (!bound.get().equals(wanted)) {
      throw new StartRefused(
          ("tillkeeper.odoo.database is %s, but the queue in %s belongs to %s; use another"
                  + " tillkeeper.storage.directory, or set tillkeeper.odoo.renamed-from=%s if it is"
                  + " the same database under a new name.")
              .formatted(wanted, storage.directory(), bound.get(), bound.get()),
          EX_CONFIG);
    }
  }
}
