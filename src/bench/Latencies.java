import java.util.Arrays;

/** Times that were measured, each of them: a percentile is one of them and no estimate. */
final class Latencies {

  private long[] nanos = new long[1024];
  private int count;

  synchronized void add(long time) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * count);
    }
    nanos[count++] = time;
  }

  synchronized int count() {
    return count;
  }

  /** The smallest time that so many percent of all do not exceed, in milliseconds. */
  synchronized double percentile(double percent) {
    if (count == 0) {
      return 0;
    }
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    var rank = (int) Math.ceil(percent / 100 * count);
    return sorted[Math.max(rank, 1) - 1] / 1e6;
  }

  double max() {
    return percentile(100);
  }
}
