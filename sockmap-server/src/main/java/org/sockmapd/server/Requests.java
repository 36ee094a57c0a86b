package org.sockmapd.server;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.protocol.SocketmapRequestReader;
import org.sockmapd.protocol.SocketmapSyntaxException;

/**
 * The requests of one client, each of which is given a place among the replies. For use by one
 * thread at a time.
 */
final class Requests {
  private final SocketmapRequestReader reader;
  private final String peer;
  private final Service service;
  private final ReplyQueue replies;
  private final Pace pace = new Pace();

  /** How many were read; for any thread to see. */
  private final AtomicInteger received = new AtomicInteger();

  Requests(InputStream in, String peer, Service service, ReplyQueue replies) {
    this.reader = new SocketmapRequestReader(in, service.limits().messages());
    this.peer = peer;
    this.service = service;
    this.replies = replies;
  }

  /**
   * Reads one and sees to its reply; false when no further one can come.
   *
   * @throws org.sockmapd.protocol.NetstringException if what comes is not the form of requests
   */
  boolean answerNext() throws IOException {
    try {
      SocketmapRequest request = reader.read();
      if (request == null) {
        return false;
      }
      countReceived();
      answer(request);
    } catch (SocketmapSyntaxException e) {
      refuse(e.getMessage());
    }
    return true;
  }

  private void answer(SocketmapRequest request) throws IOException {
    PendingReply reply = pending(request, service.events().wantsAnswers());
    if (!pace.prompt()) {
      replies.flush(); // What is answered must not wait for what may take long.
    }
    boolean timed = pace.next();
    long begun = timed ? service.nanos() : 0;
    service.lookups().ask(reply, peer);
    pace.answered(reply.answered());
    if (timed) {
      pace.took(service.nanos() - begun);
    }
    replies.add(reply);
  }

  /** Sees to the reply to what cannot be understood. */
  void refuse(@Nullable String reason) throws IOException {
    countReceived();
    String text = String.valueOf(reason);
    service.events().malformedRequest(peer, text);
    PendingReply reply = pending(null, false);
    reply.give(new SocketmapReply.Perm(text));
    replies.add(reply);
  }

  private PendingReply pending(@Nullable SocketmapRequest request, boolean timed) {
    return new PendingReply(request, service.lookups(), replies, timed);
  }

  private void countReceived() {
    received.setRelease(received.getPlain() + 1);
  }

  /** Tells whether a whole one has come already. */
  boolean hasBuffered() {
    return reader.hasBuffered();
  }

  /** How many were read. */
  int received() {
    return received.getAcquire();
  }

  /** How they are answered. */
  Pace pace() {
    return pace;
  }
}
