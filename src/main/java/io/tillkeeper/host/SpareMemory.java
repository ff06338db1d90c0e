package io.tillkeeper.host;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import io.tillkeeper.storage.Pulse;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.graalvm.nativeimage.RuntimeOptions;
import org.graalvm.word.WordFactory;
import org.jboss.logging.Logger;

/**
 * Gives back what memory the daemon does not need while it has nothing to do: a till is a small
 * machine, and the daemon is idle for most of the day. In the native binary only, where it means
 * one collection of the heap and letting go of the code that was needed to start or for the last
 * burst.
 */
@ApplicationScoped
class SpareMemory {

  private static final Logger LOG = Logger.getLogger(SpareMemory.class);

  /**
   * Less processor time than this between two looks is idle. Making the database's file denser
   * takes less, and leaves more to collect than anything else that is done at rest.
   */
  private static final Duration IDLE = Duration.ofMillis(200);

  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  /** What a collection of the heap may keep of what it has freed. */
  private static final String FREE_HEAP_KEPT = "MaxHeapFree";

  private static final Long FREE_AT_REST = 1L << 20;

  /**
   * As the build sets it for the start, of which half the time was once spent on getting memory
   * back that had just been given away.
   */
  private static final Long FREE_AT_WORK = 64L << 20;

  /**
   * So much more in the heap than was kept the last time is given back at rest. The nursery is
   * large, so that the start ends before the first collection, and would fill up over hours.
   */
  private static final long WORTH_IT = 4L << 20;

  private static final Path MAPPINGS = Path.of("/proc/self/smaps");
  private static final Path PROGRAM = Path.of("/proc/self/exe");

  private Duration atLastLook = Duration.ZERO;
  private boolean hasWorked = true;
  private long kept;

  void start(@Observes StartupEvent event, Pulse pulse) {
    pulse.every(LOOK_EVERY, this::look);
  }

  void look() {
    if (ImageMode.current() == ImageMode.NATIVE_RUN && isTime(processorTime(), heap())) {
      giveBack();
      given(processorTime(), heap());
    }
  }

  private static Duration processorTime() {
    return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  /** What has been made in it and not collected, needed or not; in bytes. */
  private static long heap() {
    var runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /**
   * Once after each time of work, as soon as it is over, and when enough has come together since.
   *
   * @param used the processor time that the process has used so far
   * @param heap what is in the heap, in bytes
   */
  boolean isTime(Duration used, long heap) {
    var idle = used.minus(atLastLook).compareTo(IDLE) < 0;
    atLastLook = used;
    var now = idle && (hasWorked || heap - kept >= WORTH_IT);
    hasWorked = !idle;
    return now;
  }

  /** It was given back, which is no work, and this was kept. */
  void given(Duration used, long heap) {
    atLastLook = used;
    kept = heap;
  }

  private static void giveBack() {
    RuntimeOptions.set(FREE_HEAP_KEPT, FREE_AT_REST);
    System.gc();
    RuntimeOptions.set(FREE_HEAP_KEPT, FREE_AT_WORK);
    try {
      var program = PROGRAM.toRealPath().toString();
      CodePages.of(Files.readAllLines(MAPPINGS), program).forEach(SpareMemory::letGo);
    } catch (IOException e) {
      LOG.debug("What the kernel tells of this process cannot be read.", e);
    }
  }

  private static void letGo(CodePages pages) {
    LibC.madvise(
        WordFactory.pointer(pages.start()),
        WordFactory.unsigned(pages.bytes()),
        LibC.MADV_DONTNEED);
  }
}
