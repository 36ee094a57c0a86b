package org.sockmapd.cli.log;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sockmapd.lookup.LookupEvents;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.lookup.ShadowDifference;
import org.sockmapd.lookup.sql.FailureReason;

/**
 * Logs what happens in tables and their databases. What a row or a client can cause at will has one
 * line a minute for each map, with a count.
 */
public final class TableLog implements LookupEvents {
  private final Log log;
  private final EventThrottle nullValues;
  private final String connection;

  /**
   * Logs to a log.
   *
   * @param log takes the lines
   */
  public TableLog(Log log) {
    this(log, System::nanoTime);
  }

  TableLog(Log log, LongSupplier nanoTime) {
    this(log, new EventThrottle(nanoTime), "");
  }

  private TableLog(Log log, EventThrottle nullValues, String connection) {
    this.log = log;
    this.nullValues = nullValues;
    this.connection = connection;
  }

  @Override
  public LookupEvents ofConnection(String name) {
    return new TableLog(log, nullValues, name);
  }

  private LogLine ofNode(String what, String node) {
    LogLine line = new LogLine(what);
    return (connection.isEmpty() ? line : line.quoted("connection", connection))
        .quoted("node", node);
  }

  @Override
  public void nullValue(String mapName, String key) {
    long count = nullValues.count(mapName);
    if (count > 0) {
      LogLine line = new LogLine("NULL value passed over").quoted("map", mapName);
      log.log(LogLevel.WARN, line.quoted("key", key).plain("count", count));
    }
  }

  @Override
  public void staleBegan(String mapName) {
    LogLine line = new LogLine("stale answers given while the database fails");
    log.log(LogLevel.WARN, line.quoted("map", mapName));
  }

  @Override
  public void staleEnded(String mapName, long answers) {
    LogLine line = new LogLine("no more stale answers").quoted("map", mapName);
    log.log(LogLevel.WARN, line.plain("given", answers));
  }

  @Override
  public void tableFailing(String mapName, String node, Throwable cause) {
    LogLine line = new LogLine("map failing").quoted("map", mapName).quoted("node", node);
    log.log(LogLevel.ERROR, because(line, cause));
  }

  /** Defects keep the name of what was thrown; what a database or the network did has words. */
  private static LogLine because(LogLine line, Throwable cause) {
    Optional<FailureReason> ofDatabase = FailureReason.ofDatabase(cause);
    if (ofDatabase.isEmpty()) {
      return line.cause(cause);
    }
    FailureReason reason = ofDatabase.get();
    line.quoted("cause", reason.words());
    return reason.detail().isEmpty() ? line : line.quoted("detail", reason.detail());
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
    log.log(LogLevel.ERROR, because(ofNode("node down", node), cause));
  }

  @Override
  public void sessionsShared(String node, Throwable cause) {
    String what = "a pooler shares sessions, statements are no longer kept prepared";
    log.log(LogLevel.WARN, because(ofNode(what, node), cause));
  }

  @Override
  public void connectionsLimited(String node, int connections, Throwable cause) {
    LogLine line = new LogLine("node gives fewer connections than pool_size").quoted("node", node);
    log.log(LogLevel.WARN, line.plain("connections", connections).cause(cause));
  }

  @Override
  public void nodeUp(String node) {
    log.log(LogLevel.WARN, ofNode("node up", node));
  }

  @Override
  public void nodeConnected(String node, String protection) {
    log.log(LogLevel.INFO, ofNode("connected", node).quoted("protection", protection));
  }

  @Override
  public void nodeStillDown(String node, Duration outage, long unanswered) {
    LogLine line = ofNode("node still down", node).plain("minutes", outage.toMinutes());
    log.log(LogLevel.ERROR, line.plain("unanswered", unanswered));
  }
}
