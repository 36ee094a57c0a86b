package org.sockmapd.bench;

import java.util.Formatter;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * Latency over time as an SVG picture: the median, the 99th percentile and the greatest of each
 * interval, on a logarithmic scale since they lie decades apart. Where no reply came the line is
 * broken. Readable on light and on dark ground, as the reader has chosen.
 */
final class LatencyPlot {
  private static final int WIDTH = 960;
  private static final int HEIGHT = 460;
  private static final int LEFT = 72;
  private static final int RIGHT = 70;
  private static final int TOP = 64;
  private static final int BOTTOM = 56;

  private static final String STYLE =
      """
      <style>
      text { font: 13px system-ui, sans-serif; fill: #333 }
      .title { font-size: 16px; font-weight: 600 }
      .paper { fill: #fff }
      .grid { stroke: #ddd; stroke-width: 1 }
      .line { fill: none; stroke-width: 2; stroke-linecap: round; stroke-linejoin: round }
      .max { stroke: #c33 } text.max { fill: #c33; stroke: none }
      .p99 { stroke: #b60 } text.p99 { fill: #a50; stroke: none }
      .p50 { stroke: #26b } text.p50 { fill: #26b; stroke: none }
      @media (prefers-color-scheme: dark) {
        text { fill: #ccc }
        .paper { fill: #16181c }
        .grid { stroke: #353940 }
        .max { stroke: #f77 } text.max { fill: #f77 }
        .p99 { stroke: #fb5 } text.p99 { fill: #fb5 }
        .p50 { stroke: #7bf } text.p50 { fill: #7bf }
      }
      </style>
      """;

  private final BenchSettings settings;
  private final List<Interval> intervals;
  private final Axis time;
  private final Axis latency;
  private final Formatter svg = new Formatter(Locale.ROOT);

  LatencyPlot(BenchSettings settings, BenchResult result) {
    this.settings = settings;
    this.intervals = result.intervals();
    double lasted = intervals.stream().mapToLong(Interval::toNanos).max().orElse(0) / 1e9;
    this.time = Axis.linear(Math.max(lasted, 0.001), LEFT, WIDTH - RIGHT);
    this.latency = Axis.logarithmic(lowest(intervals), highest(intervals), HEIGHT - BOTTOM, TOP);
  }

  private static double lowest(List<Interval> intervals) {
    return intervals.stream()
        .filter(interval -> interval.count() > 0)
        .mapToDouble(interval -> Math.max(Figures.millis(interval.p50()), 0.001))
        .min()
        .orElse(1);
  }

  private static double highest(List<Interval> intervals) {
    return intervals.stream()
        .mapToDouble(interval -> Figures.millis(interval.max()))
        .max()
        .orElse(1);
  }

  /** Draws it. To be called once. */
  String svg() {
    svg.format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">%n",
        WIDTH, HEIGHT);
    svg.format("<title>%s</title>%n", escaped(title()));
    svg.format("%s", STYLE);
    svg.format("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>%n", WIDTH, HEIGHT);
    text("title", LEFT, 26, "start", title());
    text("load", LEFT, 46, "start", TextReport.loadOf(settings));
    drawTime();
    drawLatency();
    drawLine("max", Interval::max, 0);
    drawLine("p99", Interval::p99, 1);
    drawLine("p50", Interval::p50, 2);
    return svg.format("</svg>%n").toString();
  }

  private String title() {
    return "Latency of " + settings.mapName() + " on " + settings.endpoint();
  }

  private void drawTime() {
    for (double tick : time.ticks()) {
      double x = time.at(tick);
      grid(x, TOP, x, HEIGHT - BOTTOM);
      text("tick", x, HEIGHT - BOTTOM + 20, "middle", Axis.label(tick));
    }
    text("axis", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 12, "middle", "time (s)");
  }

  private void drawLatency() {
    for (double tick : latency.ticks()) {
      double y = latency.at(tick);
      grid(LEFT, y, WIDTH - RIGHT, y);
      text("tick", LEFT - 8, y + 4, "end", Axis.label(tick));
    }
    svg.format(
        "<text class=\"axis\" transform=\"translate(18 %d) rotate(-90)\""
            + " text-anchor=\"middle\">latency (ms)</text>%n",
        (TOP + HEIGHT - BOTTOM) / 2);
  }

  private void grid(double x1, double y1, double x2, double y2) {
    svg.format(
        "<line class=\"grid\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n", x1, y1, x2, y2);
  }

  private void drawLine(String name, ToLongFunction<Interval> value, int order) {
    svg.format("<path class=\"line %s\" d=\"%s\"/>%n", name, path(value));
    svg.format(
        "<text class=\"%s\" x=\"%d\" y=\"%d\">%s</text>%n",
        name, WIDTH - RIGHT + 12, TOP + 14 + 20 * order, name);
  }

  private String path(ToLongFunction<Interval> value) {
    Formatter path = new Formatter(Locale.ROOT);
    boolean pen = false;
    for (Interval interval : intervals) {
      if (interval.count() > 0) {
        double x = time.at((interval.fromNanos() + interval.toNanos()) / 2e9);
        double y = latency.at(Math.max(Figures.millis(value.applyAsLong(interval)), 0.001));
        // A line of no length is a dot: an interval between two without replies is seen too.
        path.format(pen ? "L%.1f %.1f" : "M%.1f %.1fh0", x, y);
      }
      pen = interval.count() > 0;
    }
    return path.toString();
  }

  private void text(String style, double x, double y, String anchor, String text) {
    svg.format(
        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
        style, x, y, anchor, escaped(text));
  }

  private static String escaped(String text) {
    return text.replaceAll("[^\\x20-\\x7e\\xa0-\\ud7ff]", "?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
