import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Series over the time of a run, one above the other, as an SVG picture. */
final class Chart {

  private static final int LEFT = 20;
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 90;
  private static final int PITCH = 130;
  private static final int TOP = 40;

  private final List<Series> series = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();
  private final String title;
  private final double seconds;

  Chart(String title, double seconds) {
    this.title = title;
    this.seconds = seconds;
  }

  /** A value at a time, in seconds. */
  record Point(double second, double value) {}

  private record Series(String name, String unit, List<Point> points) {
    double max() {
      return points.stream().mapToDouble(Point::value).max().orElse(0);
    }
  }

  /** Something that happened; a moment where it ends as it begins. */
  record Mark(double from, double to, String color) {}

  void add(String name, String unit, List<Point> points) {
    series.add(new Series(name, unit, List.copyOf(points)));
  }

  void mark(Mark mark) {
    marks.add(mark);
  }

  String svg() {
    var height = TOP + PITCH * series.size();
    var svg = new StringBuilder();
    add(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
            + " font-size=\"12\">",
        WIDTH + 2 * LEFT,
        height);
    add(svg, "<rect width=\"100%%\" height=\"100%%\" fill=\"white\"/>");
    add(svg, "<text x=\"%d\" y=\"22\" font-size=\"15\">%s</text>", LEFT, title);
    for (var nth = 0; nth < series.size(); nth++) {
      draw(svg, series.get(nth), TOP + nth * PITCH + 18);
    }
    return svg.append("</svg>\n").toString();
  }

  private void draw(StringBuilder svg, Series of, int top) {
    var max = of.max();
    add(
        svg,
        "<text x=\"%d\" y=\"%d\">%s (at most %,.1f %s)</text>",
        LEFT,
        top - 5,
        of.name(),
        max,
        of.unit());
    add(
        svg,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#f6f6f6\"/>",
        LEFT,
        top,
        WIDTH,
        HEIGHT);
    for (var mark : marks) {
      add(
          svg,
          "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
          x(mark.from()),
          top,
          Math.max(1, x(mark.to()) - x(mark.from())),
          HEIGHT,
          mark.color());
    }
    var line = new StringBuilder();
    for (var point : of.points()) {
      var y = top + HEIGHT - (max == 0 ? 0 : point.value() / max * (HEIGHT - 4));
      line.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(point.second()), y));
    }
    add(
        svg,
        "<polyline points=\"%s\" fill=\"none\" stroke=\"#1f4e79\" stroke-width=\"1.3\"/>",
        line.toString().strip());
  }

  private double x(double second) {
    return LEFT + Math.min(1, second / seconds) * WIDTH;
  }

  private static void add(StringBuilder svg, String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
