package io.tillkeeper.host.cli;

import io.tillkeeper.host.BoxConfig;
import io.tillkeeper.odoo.Checkup;
import io.tillkeeper.odoo.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Everything that has to be well, looked at in the order in which one thing needs the other. */
final class Doctor {

  private static final String CONFIGURATION = "configuration";
  private static final String DAEMON = "daemon";

  private final Session session;

  Doctor(Session session) {
    this.session = session;
  }

  /** With a configuration that is wrong, nothing else can be looked at. */
  List<Finding> findings() {
    var findings = new ArrayList<Finding>();
    BoxConfig config;
    try {
      config = session.config();
    } catch (CommandFailed wrong) {
      wrong
          .sentences()
          .forEach(
              sentence ->
                  findings.add(
                      wrong.exitCode() == ExitCode.NOT_PERMITTED
                          ? Finding.error(CONFIGURATION, sentence, "Call the doctor with sudo.")
                          : wrong(sentence)));
      return findings;
    }
    var problems = config.problems();
    problems.forEach(sentence -> findings.add(wrong(sentence)));
    if (problems.isEmpty()) {
      findings.add(
          Finding.ok(
              CONFIGURATION,
              session
                  .configFile()
                  .map("The configuration in %s is good."::formatted)
                  .orElse("The configuration is good; there is no file of it.")));
    }
    findings.add(daemon());
    if (config.isUnprotected()) {
      findings.add(
          Finding.warning(
              CONFIGURATION,
              "Every program on this machine may call the daemon, without a token.",
              "Take tillkeeper.access.protection=unprotected out of the configuration, and let in with 'tillkeeper pair' who is to call."));
    }
    findings.addAll(new DirectoryCheck(config.storage()).run());
    findings.addAll(new DiskCheck(config.storage().directory()).run());
    findings.add(SystemClock.look());
    findings.addAll(odoo(config, problems.isEmpty()));
    return findings;
  }

  private Finding wrong(String sentence) {
    return Finding.error(
        CONFIGURATION,
        sentence,
        session
            .configFile()
            .map(Path::toString)
            .map("Put it right in %s, then 'systemctl restart tillkeeper'."::formatted)
            .orElse("Put it right in the environment, or name a file with --config."));
  }

  private Finding daemon() {
    try {
      var status = session.api().get("/api/v1/status").json();
      return Finding.ok(
          DAEMON,
          "Tillkeeper %s runs at %s."
              .formatted(status.path("version").asText(), session.api().url()));
    } catch (CommandFailed failed) {
      if (failed.exitCode() == ExitCode.NOT_PERMITTED) {
        return Finding.warning(
            DAEMON,
            String.join(" ", failed.sentences()),
            "Call the doctor with sudo; the rest of this was looked at without the daemon.");
      }
      return Finding.warning(
          DAEMON,
          "The daemon does not answer at %s.".formatted(session.api().url()),
          "'systemctl status tillkeeper' and 'journalctl -u tillkeeper -n 50' tell why; the rest of this was looked at without it.");
    }
  }

  private List<Finding> odoo(BoxConfig config, boolean good) {
    if (config.odoo().url().isEmpty()) {
      return List.of(
          Finding.warning(
              "Odoo",
              "No Odoo server is configured: what is accepted is kept, and has nowhere to go.",
              "Set tillkeeper.odoo.url, tillkeeper.odoo.database and a key."));
    }
    if (!good) {
      return List.of();
    }
    try (var checkup = new Checkup(config.odoo(), config.version(), session.clock())) {
      return checkup.run();
    }
  }
}
