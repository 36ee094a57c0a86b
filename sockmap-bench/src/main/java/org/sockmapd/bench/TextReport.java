package org.sockmapd.bench;

import java.io.PrintWriter;
import org.HdrHistogram.Histogram;

/** The result for people. */
final class TextReport {
  private static final double[] PERCENTILES = {50, 75, 90, 99, 99.9, 99.99};

  private final BenchSettings settings;
  private final Keys keys;
  private final PrintWriter out;

  TextReport(BenchSettings settings, Keys keys, PrintWriter out) {
    this.settings = settings;
    this.keys = keys;
    this.out = out;
  }

  void print(BenchResult result) {
    printLoad();
    out.println();
    printThroughput(result);
    printReplies(result.counts());
    printWrong(result);
    printLost(result);
    if (result.latencies().getTotalCount() > 0) {
      out.println();
      printLatencies(result.latencies());
    }
  }

  private void printLoad() {
    out.printf("%s on %s%n", settings.mapName(), settings.endpoint());
    out.printf("%s, %s%n", loadOf(settings), warmUp());
    out.printf(
        "%s %s, %s of them with an expected reply%n",
        Figures.count(keys.count()),
        keys.count() == 1 ? "key" : "keys",
        keys.checked() == keys.count() ? "all" : Figures.count(keys.checked()));
  }

  private String warmUp() {
    return settings.warmUp().isZero()
        ? "no warm-up"
        : Figures.duration(settings.warmUp()) + " of warm-up";
  }

  /** The load in a line. */
  static String loadOf(BenchSettings settings) {
    String loop =
        settings.rate().isPresent()
            ? "open loop at " + Figures.perSecond(settings.rate().getAsInt())
            : "closed loop";
    return "%d %s, %d %s in flight%s, %s"
        .formatted(
            settings.connections(),
            settings.connections() == 1 ? "connection" : "connections",
            settings.pipeline(),
            settings.pipeline() == 1 ? "request" : "requests",
            settings.connections() == 1 ? "" : " on each",
            loop);
  }

  private void printThroughput(BenchResult result) {
    out.printf(
        "throughput  %s: %s replies in %.2f s%n",
        Figures.perSecond(result.repliesPerSecond()),
        Figures.count(result.counts().replies()),
        result.seconds());
    if (result.counts().unsent() > 0) {
      out.printf(
          "            %s requests were due and never sent: the server does not keep up with %s%n",
          Figures.count(result.counts().unsent()), Figures.perSecond(settings.rate().orElse(0)));
    }
  }

  private void printReplies(Counts counts) {
    out.printf(
        "replies     OK %s, NOTFOUND %s, TEMP %s, TIMEOUT %s, PERM %s%n",
        Figures.count(counts.ok()),
        Figures.count(counts.notFound()),
        Figures.count(counts.temp()),
        Figures.count(counts.timeout()),
        Figures.count(counts.perm()));
  }

  private void printWrong(BenchResult result) {
    out.printf("wrong       %s%n", Figures.count(result.counts().wrong()));
    for (WrongReply wrong : result.wrongReplies()) {
      out.printf(
          "            '%s': expected '%s', got '%s'%n",
          wrong.key(), wrong.expected(), wrong.got());
    }
  }

  private void printLost(BenchResult result) {
    out.printf("lost        %s%n", Figures.count(result.counts().lost()));
    result.failures().forEach(failure -> out.printf("            %s%n", failure));
  }

  private void printLatencies(Histogram latencies) {
    out.println("latency, from " + beginOfLatency());
    for (double percentile : PERCENTILES) {
      out.printf(
          "  %-8s%14s%n", percentileName(percentile), Figures.percentile(latencies, percentile));
    }
    out.printf("  %-8s%14s%n", "max", Figures.milliseconds(latencies.getMaxValue()));
    out.printf("  %-8s%14s%n", "mean", Figures.milliseconds((long) latencies.getMean()));
  }

  private String beginOfLatency() {
    return settings.rate().isPresent()
        ? "the time at which a request was due (corrected for coordinated omission)"
        : "the sending of a request (a stall delays the next ones unseen: --rate shows it)";
  }

  private static String percentileName(double percentile) {
    return "p" + (percentile == Math.rint(percentile) ? "" + (int) percentile : "" + percentile);
  }
}
