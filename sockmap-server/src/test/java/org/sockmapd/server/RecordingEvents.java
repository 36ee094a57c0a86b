package org.sockmapd.server;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.SocketmapReply;

/** Remembers what it hears, a line each, without what differs from run to run. */
final class RecordingEvents implements ServerEvents {
  final List<String> lines = new CopyOnWriteArrayList<>();
  final List<Throwable> causes = new CopyOnWriteArrayList<>();
  volatile boolean wantsAnswers;

  @Override
  public boolean wantsAnswers() {
    return wantsAnswers;
  }

  @Override
  public void listening(Endpoint endpoint) {
    lines.add("listening " + endpoint);
  }

  @Override
  public void closed(Endpoint endpoint) {
    lines.add("closed " + endpoint);
  }

  @Override
  public void answered(
      String client, String mapName, String key, SocketmapReply reply, long nanos) {
    lines.add("answered " + mapName + " '" + key + "' " + reply.status());
  }

  @Override
  public void unknownMap(String mapName, String client, long count) {
    lines.add("unknown map " + mapName + " x" + count);
  }

  @Override
  public void mapBusy(String mapName, String client, long count) {
    lines.add("busy " + mapName + " x" + count);
  }

  @Override
  public void malformedRequest(String client, String reason) {
    lines.add("malformed: " + reason);
  }

  @Override
  public void unsendable(String mapName, String key, String problem) {
    lines.add("unsendable " + mapName + " '" + key + "': " + problem);
  }

  @Override
  public void lookupThrew(String mapName, Throwable cause) {
    causes.add(cause);
    lines.add("lookup threw " + mapName);
  }

  @Override
  public void refused(Refusal why, String client, long count) {
    lines.add("refused " + why + " x" + count);
  }

  @Override
  public void acceptFailed(Endpoint endpoint, IOException cause, long count) {
    lines.add("accept failed x" + count);
  }

  @Override
  public void disconnected(String client, String reason) {
    lines.add("disconnected: " + reason);
  }

  @Override
  public void internalFailure(String what, Throwable cause) {
    causes.add(cause);
    lines.add("internal failure: " + what);
  }

  @Override
  public void fatal(VirtualMachineError error) {
    causes.add(error);
    lines.add("fatal");
  }

  @Override
  public void stopped(int forced) {
    lines.add("stopped, forced " + forced);
  }
}
