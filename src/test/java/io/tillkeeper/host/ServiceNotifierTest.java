package io.tillkeeper.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceNotifierTest {

  private static final String OWN_PID = String.valueOf(ProcessHandle.current().pid());

  @Test
  void theWatchdogWantsToHearFromThisProcess() {
    assertThat(ServiceNotifier.watchdog(Map.of("WATCHDOG_USEC", "60000000")))
        .contains(Duration.ofMinutes(1));
    assertThat(ServiceNotifier.watchdog(Map.of("WATCHDOG_USEC", "500", "WATCHDOG_PID", OWN_PID)))
        .contains(Duration.ofNanos(500_000));
  }

  @Test
  void theWatchdogOfAnotherProcessIsNotFed() {
    assertThat(ServiceNotifier.watchdog(Map.of())).isEmpty();
    assertThat(ServiceNotifier.watchdog(Map.of("WATCHDOG_USEC", "500", "WATCHDOG_PID", "1")))
        .isEmpty();
  }
}
