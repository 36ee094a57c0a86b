package org.sockmapd.cli.log;

import java.io.IOException;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.server.Refusal;
import org.sockmapd.server.ServerEvents;

/** Logs what happens in a server. */
public final class ServerLog implements ServerEvents {
  // Monitoring asks this key all day long; the Go daemon did not log it either.
  private static final String HEALTH_KEY = "KEEPALIVE";

  private final Log log;
  private final Runnable end;

  /**
   * Logs to a log.
   *
   * @param log takes the lines
   * @param end ends the process, which must not go on after a fatal error
   */
  public ServerLog(Log log, Runnable end) {
    this.log = log;
    this.end = end;
  }

  @Override
  public boolean wantsAnswers() {
    return log.records(LogLevel.INFO);
  }

  @Override
  public void answered(
      String client, String mapName, String key, SocketmapReply reply, long nanos) {
    if (!key.equals(HEALTH_KEY)) {
      LogLine line = of("lookup", client, mapName).quoted("key", key);
      line.plain("status", status(reply)).millis(nanos);
      log.log(LogLevel.INFO, withReason(line, reply));
    }
  }

  private static String status(SocketmapReply reply) {
    return switch (reply) {
      case SocketmapReply.Ok ok -> "OK";
      case SocketmapReply.NotFound notFound -> "NOTFOUND";
      case SocketmapReply.Temp temp -> "TEMP";
      case SocketmapReply.Timeout timeout -> "TIMEOUT";
      case SocketmapReply.Perm perm -> "PERM";
    };
  }

  private static LogLine withReason(LogLine line, SocketmapReply reply) {
    return switch (reply) {
      case SocketmapReply.Ok ok -> line;
      case SocketmapReply.NotFound notFound -> line;
      case SocketmapReply.Temp(String reason) -> line.quoted("reason", reason);
      case SocketmapReply.Timeout(String reason) -> line.quoted("reason", reason);
      case SocketmapReply.Perm(String reason) -> line.quoted("reason", reason);
    };
  }

  @Override
  public void listening(Endpoint endpoint) {
    log.log(LogLevel.INFO, new LogLine("listening").plain("on", endpoint));
  }

  @Override
  public void closed(Endpoint endpoint) {
    log.log(LogLevel.INFO, new LogLine("closed").plain("on", endpoint));
  }

  @Override
  public void unknownMap(String mapName, String client, long count) {
    log.log(LogLevel.WARN, of("unknown map", client, mapName).plain("count", count));
  }

  @Override
  public void mapBusy(String mapName, String client, long count) {
    log.log(LogLevel.WARN, of("map busy", client, mapName).plain("count", count));
  }

  @Override
  public void malformedRequest(String client, String reason) {
    log.log(LogLevel.INFO, of("malformed request", client).quoted("reason", reason));
  }

  @Override
  public void unsendable(String mapName, String key, String problem) {
    LogLine line = new LogLine("unsendable answer").quoted("map", mapName).quoted("key", key);
    log.log(LogLevel.WARN, line.quoted("reason", problem));
  }

  @Override
  public void lookupThrew(String mapName, Throwable cause) {
    LogLine line = new LogLine("defect in a lookup").quoted("map", mapName);
    log.log(LogLevel.ERROR, line.cause(cause).trace(cause));
  }

  @Override
  public void refused(Refusal why, String client, long count) {
    LogLine line = of("connection refused", client).plain("count", count);
    log.log(LogLevel.WARN, line.quoted("reason", why.toString()));
  }

  @Override
  public void acceptFailed(Endpoint endpoint, IOException cause, long count) {
    LogLine line = new LogLine("cannot accept").plain("on", endpoint).plain("count", count);
    log.log(LogLevel.ERROR, line.cause(cause));
  }

  @Override
  public void disconnected(String client, String reason) {
    log.log(LogLevel.DEBUG, of("disconnected", client).quoted("reason", reason));
  }

  @Override
  public void internalFailure(String what, Throwable cause) {
    LogLine line = new LogLine("internal failure").quoted("doing", what);
    log.log(LogLevel.ERROR, line.cause(cause).trace(cause));
  }

  @Override
  public void fatal(VirtualMachineError error) {
    try {
      log.log(LogLevel.ERROR, new LogLine("fatal").cause(error));
      log.flush();
    } finally {
      end.run();
    }
  }

  @Override
  public void stopped(int forced) {
    log.log(LogLevel.INFO, new LogLine("stopped").plain("forced", forced));
  }

  private static LogLine of(String what, String client) {
    return new LogLine(what).plain("client", client);
  }

  private static LogLine of(String what, String client, String mapName) {
    return of(what, client).quoted("map", mapName);
  }
}
