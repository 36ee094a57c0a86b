package org.sockmapd.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.PrintWriter;
import org.HdrHistogram.Histogram;

/** The result for programs. */
final class JsonReport {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  private final BenchSettings settings;
  private final PrintWriter out;

  JsonReport(BenchSettings settings, PrintWriter out) {
    this.settings = settings;
    this.out = out;
  }

  void print(BenchResult result) {
    JsonObject report = load();
    report.addProperty("seconds", result.seconds());
    report.addProperty("replies_per_second", result.repliesPerSecond());
    report.add("replies", replies(result.counts()));
    report.addProperty("unsent", result.counts().unsent());
    report.addProperty("wrong", result.counts().wrong());
    report.addProperty("lost", result.counts().lost());
    report.add("failures", failures(result));
    report.addProperty("latency_from", settings.rate().isPresent() ? "due" : "sent");
    report.add("latency_ms", latencies(result.latencies()));
    out.println(GSON.toJson(report));
  }

  private JsonObject load() {
    JsonObject load = new JsonObject();
    load.addProperty("endpoint", settings.endpoint().toString());
    load.addProperty("map", settings.mapName());
    load.addProperty("connections", settings.connections());
    load.addProperty("pipeline", settings.pipeline());
    settings.rate().ifPresent(rate -> load.addProperty("rate", rate));
    return load;
  }

  private static JsonObject replies(Counts counts) {
    JsonObject replies = new JsonObject();
    replies.addProperty("OK", counts.ok());
    replies.addProperty("NOTFOUND", counts.notFound());
    replies.addProperty("TEMP", counts.temp());
    replies.addProperty("TIMEOUT", counts.timeout());
    replies.addProperty("PERM", counts.perm());
    return replies;
  }

  private static JsonArray failures(BenchResult result) {
    JsonArray failures = new JsonArray();
    result.failures().forEach(failures::add);
    return failures;
  }

  private static JsonObject latencies(Histogram latencies) {
    JsonObject millis = new JsonObject();
    millis.addProperty("mean", latencies.getMean() / 1e6);
    for (String percentile : new String[] {"50", "75", "90", "99", "99.9", "99.99"}) {
      millis.addProperty(
          "p" + percentile, Figures.percentileMillis(latencies, Double.parseDouble(percentile)));
    }
    millis.addProperty("max", Figures.millis(latencies.getMaxValue()));
    return millis;
  }
}
