package io.tillkeeper.storage;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Has work done later, or again and again, by the ticks of the machine and not by its clock: on a
 * box that has no clock of its own that is set forward by years when the network comes, and may be
 * set back. Quarkus' own scheduler goes by the clock, and would do nothing until that is where it
 * was.
 */
@ApplicationScoped
public class Pulse {

  private static final Logger LOG = Logger.getLogger(Pulse.class);

  /** One look at the link is not to wait for a copy of the database. */
  private static final int THREADS = 2;

  /** A stop is to take seconds. */
  private static final Duration LONGEST_END = Duration.ofSeconds(5);

  /** By then a till that waits for the start has its answer. */
  private static final Duration START = Duration.ofSeconds(1);

  private final ScheduledThreadPoolExecutor ticks =
      new ScheduledThreadPoolExecutor(
          THREADS, Thread.ofPlatform().daemon().name("tillkeeper-pulse-", 1).factory());

  /** Has it done for the first time after a while, and then again so long after each end. */
  public void every(Duration pause, Duration first, Runnable work) {
    ticks.scheduleWithFixedDelay(
        () -> guarded(work), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** The same, the first time as long from now as each time after. */
  public void every(Duration pause, Runnable work) {
    every(pause, pause, work);
  }

  /** Has it done once, after a while. */
  public void once(Duration after, Runnable work) {
    ticks.schedule(() -> guarded(work), after.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Has it done when the start is over; said by who starts. */
  public void afterStart(Runnable work) {
    once(START, work);
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException | Error fault) { // or it would not be done any more
      if (!ticks.isShutdown() && !DiskTrouble.isBehind(fault)) {
        // not its message, which could hold a customer's data
        LOG.errorf(
            "What is done beside the rest met a fault: %s at %s",
            fault.getClass().getName(),
            Arrays.stream(fault.getStackTrace())
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("?"));
      }
    }
  }

  /** Begins nothing more; what is under way goes on. */
  void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
    ticks.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    ticks.shutdown();
  }

  /** Waits for what is under way, while the database is still open. */
  void stopped(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER - 2) ShutdownEvent event)
      throws InterruptedException {
    if (!ticks.awaitTermination(LONGEST_END.toNanos(), TimeUnit.NANOSECONDS)) {
      LOG.debug("What is done regularly is still under way, and is done again after a start.");
    }
  }
}
