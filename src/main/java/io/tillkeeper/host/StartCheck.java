package io.tillkeeper.host;

import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooConfigCheck;
import io.tillkeeper.storage.StartRefused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import org.jboss.logging.Logger;

/**
 * Ends the start with one sentence when the configuration cannot work, before anything is touched.
 */
@ApplicationScoped
class StartCheck {

  /** Before the database is opened. */
  private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE - 1;

  private static final Logger LOG = Logger.getLogger(StartCheck.class);

  private final OdooConfig odoo;

  StartCheck(OdooConfig odoo) {
    this.odoo = odoo;
  }

  void check(@Observes @Priority(FIRST) StartupEvent start) {
    OpenFilesLimit.read()
        .filter(limit -> limit < OpenFilesLimit.ENOUGH)
        .ifPresent(
            limit ->
                LOG.warnf(
                    "This process may open %d files, and could need %d: when it has none left, programs on this till wait to be connected (LimitNOFILE of the unit).",
                    limit, OpenFilesLimit.ENOUGH));
    OdooConfigCheck.firstProblem(odoo)
        .ifPresent(
            problem -> {
              throw new StartRefused(problem, StartFailure.EX_CONFIG);
            });
  }
}
