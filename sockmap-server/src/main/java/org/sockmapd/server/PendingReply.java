package org.sockmapd.server;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sockmapd.lookup.LookupResult;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * The place of one request's reply among those of its connection. Takes the answer of a table on
 * any thread, without blocking; a second answer changes nothing.
 */
final class PendingReply implements Consumer<LookupResult> {
  private static final VarHandle REPLY = replyField();

  /** Null for what was no request, which needs no answer of a table. */
  private final @Nullable SocketmapRequest request;

  private final Lookups lookups;
  private final ReplyQueue queue;
  private final boolean timed;
  private final long startedNanos;
  private long tookNanos;

  /** The way to the table that is being asked; null when none is. */
  private @Nullable MapGate gate;

  private volatile @Nullable SocketmapReply reply;

  /** Set once this waits in the queue, which must then hear of the answer. */
  private volatile boolean queued;

  /** The next in the queue; the queue's own. */
  @Nullable PendingReply next;

  PendingReply(
      @Nullable SocketmapRequest request, Lookups lookups, ReplyQueue queue, boolean timed) {
    this.request = request;
    this.lookups = lookups;
    this.queue = queue;
    this.timed = timed;
    this.startedNanos = timed ? System.nanoTime() : 0;
  }

  SocketmapRequest request() {
    return Objects.requireNonNull(request);
  }

  boolean timed() {
    return timed;
  }

  long tookNanos() {
    return tookNanos;
  }

  /** Remembers the way in, to leave by it when the answer comes. */
  void entered(MapGate entered) {
    gate = entered;
  }

  /** Takes the answer of the table. */
  @Override
  public void accept(LookupResult result) {
    try {
      give(lookups.reply(result, request()));
    } catch (VirtualMachineError e) {
      // The thread is the table's, and may swallow what a callback throws.
      lookups.fatal(e);
      throw e;
    }
  }

  /** Settles the reply, unless it is settled. */
  void give(SocketmapReply given) {
    if (timed) {
      tookNanos = System.nanoTime() - startedNanos;
    }
    if (!REPLY.compareAndSet(this, null, given)) {
      return;
    }
    if (gate != null) {
      gate.leave();
    }
    if (queued) {
      queue.advance();
    }
  }

  boolean answered() {
    return reply != null;
  }

  /** The reply, once {@link #answered}. */
  SocketmapReply reply() {
    return Objects.requireNonNull(reply);
  }

  /** From now on the queue is told when the answer comes. It may have come before. */
  void markQueued() {
    queued = true;
  }

  private static VarHandle replyField() {
    try {
      return MethodHandles.lookup()
          .findVarHandle(PendingReply.class, "reply", SocketmapReply.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
