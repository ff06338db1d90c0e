package io.tillkeeper.host.cli;

import io.tillkeeper.odoo.Finding;
import java.util.List;
import java.util.Optional;

/** Whether the system keeps its clock by others. */
final class SystemClock {

  private static final String CLOCK = "clock";

  private SystemClock() {}

  static Finding look() {
    return ProcessOutput.of(List.of("timedatectl", "show", "--property=NTPSynchronized", "--value"))
        .map(String::strip)
        .flatMap(SystemClock::judge)
        .orElseGet(
            () -> Finding.ok(CLOCK, "The system does not say whether its clock is synchronised."));
  }

  /** Empty when it is neither yes nor no. */
  static Optional<Finding> judge(String synchronised) {
    return switch (synchronised) {
      case "yes" -> Optional.of(Finding.ok(CLOCK, "The clock of this box is synchronised."));
      case "no" ->
          Optional.of(
              Finding.warning(
                  CLOCK,
                  "The clock of this box is not synchronised.",
                  "'timedatectl set-ntp true' has systemd keep it; a box without a battery for its clock starts in the past, and then no certificate is valid."));
      default -> Optional.empty();
    };
  }
}
