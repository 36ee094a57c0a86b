package org.sockmapd.cli.log;

import org.sockmapd.lookup.LookupEvents;

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
  public void nodeDown(String node, Throwable cause) {
    log.log(LogLevel.ERROR, new LogLine("node down").quoted("node", node).cause(cause));
  }

  @Override
  public void nodeUp(String node) {
    log.log(LogLevel.WARN, new LogLine("node up").quoted("node", node));
  }
}
