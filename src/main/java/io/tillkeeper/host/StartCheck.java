package io.tillkeeper.host;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.tillkeeper.odoo.OdooConfig;
import io.tillkeeper.odoo.OdooConfigCheck;
import io.tillkeeper.storage.StartRefused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Ends the start with one sentence when the configuration cannot work, before anything is done with
 * what is in the queue.
 */
@ApplicationScoped
class StartCheck {

  /** Before the database is opened. */
  private static final int FIRST = Interceptor.Priority.PLATFORM_BEFORE - 1;

  private static final Logger LOG = Logger.getLogger(StartCheck.class);

  private static final Set<String> OF_DEVELOPERS =
      Set.of(LaunchMode.DEVELOPMENT.getDefaultProfile(), LaunchMode.TEST.getDefaultProfile());

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
    profileProblem(LaunchMode.current(), ConfigUtils.getProfiles())
        .or(() -> SecretPlaces.problems().stream().findFirst())
        .or(() -> OdooConfigCheck.firstProblem(odoo))
        .ifPresent(
            problem -> {
              throw new StartRefused(problem, StartFailure.EX_CONFIG);
            });
  }

  /**
   * A profile of the developers' has no place on a till: among other things, whoever calls needs no
   * token in it.
   */
  static Optional<String> profileProblem(LaunchMode mode, List<String> profiles) {
    return profiles.stream()
        .filter(OF_DEVELOPERS::contains)
        .filter(profile -> mode == LaunchMode.NORMAL)
        .map(
            profile ->
                "The profile %s (QUARKUS_PROFILE, quarkus.profile) is for the development of Tillkeeper, without protection and with an Odoo that is none: set no profile."
                    .formatted(profile))
        .findFirst();
  }
}
