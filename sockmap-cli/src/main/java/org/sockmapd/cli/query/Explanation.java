package org.sockmapd.cli.query;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.sql.FailureReason;

/** Tells how tables came to an answer, and always why they did not. */
final class Explanation implements LookupEvents {
  /** A statement for all networks around an address says the same dozens of times. */
  private static final int LONG_SQL = 600;

  private static final int MANY_BOUND = 32;

  private final PrintWriter out;
  private final boolean explains;

  Explanation(PrintWriter out, boolean explains) {
    this.out = out;
    this.explains = explains;
  }

  @Override
  public boolean explains() {
    return explains;
  }

  @Override
  public void queried(
      String mapName, String node, String sql, List<String> bound, int rows, Duration time) {
    out.println("  sql     " + shortened(sql));
    out.println("  bound   " + bound(bound));
    out.println(
        "  node    " + node + ", " + rows + (rows == 1 ? " row" : " rows") + " in " + millis(time));
    out.flush();
  }

  @Override
  public void tried(String mapName, List<String> keys, @Nullable String matched) {
    out.println("  tried   " + quoted(keys));
    out.println("  matched " + (matched == null ? "none" : quoted(List.of(matched))));
    out.flush();
  }

  @Override
  public void nullValue(String mapName, String key) {
    out.println("  a row for '" + key + "' holds NULL where the value is to be; it is passed over");
  }

  @Override
  public void emptyValue(String mapName, String key) {
    out.println("  a row for '" + key + "' holds an empty value; it is passed over");
  }

  @Override
  public void tableFailing(String mapName, String node, Throwable cause) {
    out.println(mapName + ": failed on " + node + ": " + FailureReason.of(cause));
    out.flush();
  }

  @Override
  public void nodeDown(String node, Throwable cause) {
    out.println(node + ": cannot be asked: " + FailureReason.of(cause));
    out.flush();
  }

  static String millis(Duration time) {
    return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
  }

  private static String shortened(String sql) {
    return sql.length() <= LONG_SQL
        ? sql
        : sql.substring(0, LONG_SQL / 2) + " ... " + sql.substring(sql.length() - LONG_SQL / 2);
  }

  private static String bound(List<String> values) {
    if (values.isEmpty()) {
      return "nothing";
    }
    return values.size() <= MANY_BOUND
        ? quoted(values)
        : quoted(values.subList(0, MANY_BOUND / 2)) + ", ... (" + values.size() + " in all)";
  }

  private static String quoted(List<String> keys) {
    return keys.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", "));
  }
}
