import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What was seen of a box, from time to time. */
final class Readings {

  private final Box box;
  private final Shop shop;
  private final Till till;
  private final List<Reading> taken = new ArrayList<>();
  private long writtenByEarlier;
  private long writtenByThis;

  Readings(Box box, Shop shop, Till till) {
    this.box = box;
    this.shop = shop;
    this.till = till;
  }

  /**
   * What was seen at a moment.
   *
   * @param second of the run
   * @param written bytes, by all processes up to then
   * @param waiting operations that are on their way
   * @param median of the accepts since the reading before, in milliseconds
   * @param max the longest of them
   */
  record Reading(
      double second,
      Box.Sample sample,
      long databaseBytes,
      long journalBytes,
      long backupBytes,
      long written,
      long waiting,
      double median,
      double max) {

    double residentMebibytes() {
      return sample.residentKb() / 1024.0;
    }
  }

  /** Looks at the box, at this second of the run. */
  void take(double second) {
    var sample = box.sample();
    if (sample.writtenBytes() < writtenByThis) {
      writtenByEarlier += writtenByThis;
    }
    writtenByThis = sample.writtenBytes();
    var times = till.takeSinceLast();
    taken.add(
        new Reading(
            second,
            sample,
            box.databaseBytes(),
            box.journalBytes(),
            box.backupBytes(),
            writtenByEarlier + writtenByThis,
            waiting(),
            times.percentile(50),
            times.max()));
  }

  private long waiting() {
    try {
      var queue = shop.status().get("queue");
      return queue.get("pending").asLong() + queue.get("sending").asLong();
    } catch (Exception down) {
      return taken.isEmpty() ? 0 : last().waiting();
    }
  }

  Reading last() {
    return taken.getLast();
  }

  double most(ToDoubleFunction<Reading> number) {
    return taken.stream().mapToDouble(number).max().orElse(0);
  }

  /** The largest in each of so many parts of the time. */
  List<Double> mostInEachPart(int parts, ToDoubleFunction<Reading> number) {
    var most = new ArrayList<Double>();
    var length = Math.nextUp(last().second() / parts);
    for (var nth = 0; nth < parts; nth++) {
      var part = nth;
      most.add(
          taken.stream()
              .filter(reading -> (int) (reading.second() / length) == part)
              .mapToDouble(number)
              .max()
              .orElse(0));
    }
    return most;
  }

  List<Chart.Point> series(ToDoubleFunction<Reading> number) {
    return taken.stream()
        .map(reading -> new Chart.Point(reading.second(), number.applyAsDouble(reading)))
        .toList();
  }
}
