package org.sockmapd.lookup.sql;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sockmapd.lookup.LookupEvents;

/** Remembers what was reported, one line each. */
final class RecordedEvents implements LookupEvents {
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<Throwable> causes = new CopyOnWriteArrayList<>();

  @Override
  public boolean explains() {
    return true;
  }

  @Override
  public void queried(
      String mapName, String node, String sql, List<String> bound, int rows, Duration time) {
    lines.add("queried " + mapName + " " + bound + " " + rows);
  }

  @Override
  public void nullValue(String mapName, String key) {
    lines.add("null " + mapName + " " + key);
  }

  @Override
  public void emptyValue(String mapName, String key) {
    lines.add("empty " + mapName + " " + key);
  }

  @Override
  public void tableFailing(String mapName, String node, Throwable cause) {
    lines.add("failing " + mapName);
    causes.add(cause);
  }

  @Override
  public void tableRecovered(String mapName) {
    lines.add("recovered " + mapName);
  }

  @Override
  public void nodeDown(String node, Throwable cause) {
    lines.add("down " + node);
    causes.add(cause);
  }

  @Override
  public void sessionsShared(String node, Throwable cause) {
    lines.add("shared " + node);
    causes.add(cause);
  }

  @Override
  public void nodeUp(String node) {
    lines.add("up " + node);
  }

  @Override
  public void connectionsLimited(String node, int connections, Throwable cause) {
    lines.add("limited " + node + " " + connections);
  }

  /** The lines that begin with a word. */
  List<String> of(String word) {
    return lines.stream().filter(line -> line.startsWith(word + " ")).toList();
  }
}
