package org.sockmapd.cli.log;

import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.ShadowDifference;

/** Logs what happens in tables and their databases. */
public final class TableLog implements LookupEvents {
  private final Log log;

  /**
   * Logs to a log.
   *
   * @param log takes the lines
   */
  public TableLog(Log log) {
    this.log = log;
  }

  @Override
  public void nullValue(String mapName, String key) {
    LogLine line = new LogLine("NULL value passed over").quoted("map", mapName);
    log.log(LogLevel.WARN, line.quoted("key", key));
  }

  @Override
  public void tableFailing(String mapName, String node, Throwable cause) {
    LogLine line = new LogLine("map failing").quoted("map", mapName).quoted("node", node);
    log.log(LogLevel.ERROR, line.cause(cause));
  }

  @Override
  public void tableRecovered(String mapName) {
    log.log(LogLevel.WARN, new LogLine("map answers again").quoted("map", mapName));
  }

  @Override
  public void shadowDiffers(String mapName, ShadowDifference difference) {
    LogLine line = new LogLine("shadow differs").quoted("map", mapName);
    line.quoted("shadow", difference.shadow()).quoted("key", difference.key());
    line.quoted("answer", text(difference.answer())).quoted("other", text(difference.other()));
    line.plain("differing", difference.differing()).plain("compared", difference.compared());
    log.log(LogLevel.WARN, line);
  }

  @Override
  public void shadowCompared(String mapName, String shadow, long compared, long differing) {
    LogLine line = new LogLine("shadow compared").quoted("map", mapName).quoted("shadow", shadow);
    log.log(LogLevel.INFO, line.plain("compared", compared).plain("differing", differing));
  }

  private static String text(LookupResult result) {
    return switch (result) {
      case LookupResult.Found(String value) -> "OK " + value;
      case LookupResult.NotFound no -> "NOTFOUND";
      case LookupResult.TemporaryFailure(String reason) -> "TEMP " + reason;
      case LookupResult.TimedOut(String reason) -> "TIMEOUT " + reason;
    };
  }

  @Override
  public void nodeDown(String node, Throwable cause) {
    log.log(LogLevel.ERROR, new LogLine("node down").quoted("node", node).cause(cause));
  }

  @Override
  public void sessionsShared(String node, Throwable cause) {
    LogLine line =
        new LogLine("a pooler shares sessions, statements are no longer kept prepared")
            .quoted("node", node);
    log.log(LogLevel.WARN, line.cause(cause));
  }

  @Override
  public void connectionsLimited(String node, int connections, Throwable cause) {
    LogLine line = new LogLine("node gives fewer connections than pool_size").quoted("node", node);
    log.log(LogLevel.WARN, line.plain("connections", connections).cause(cause));
  }

  @Override
  public void nodeUp(String node) {
    log.log(LogLevel.WARN, new LogLine("node up").quoted("node", node));
  }
}
