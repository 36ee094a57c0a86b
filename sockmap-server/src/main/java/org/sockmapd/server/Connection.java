package org.sockmapd.server;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.NetstringException;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapRequest;

/**
 * One client, served by one thread at a time from its first request to its last: by a thread of its
 * own, which waits for it, or by that of an event loop, which does not.
 */
final class Connection implements ReplyQueue.ReplyListener {
  /** How much garbage is read after an error so that the client gets to read its reply. */
  private static final int LINGER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final Peer peer;
  private final Service service;
  private final Overdue overdue;
  private final InputStream in;
  private final WatchedOutput out;
  private final ReplyQueue replies;
  private final Requests requests;

  private volatile boolean lingering;
  private volatile boolean closed;

  /** True while an event loop sees to the end of it. */
  private volatile boolean inLoop;

  /** No more once it has left an event loop. */
  private boolean mayLoop = true;

  Connection(SocketChannel channel, Peer peer, Service service) {
    this.channel = channel;
    this.peer = peer;
    this.service = service;
    this.overdue = new Overdue(service.limits(), service.nanos());
    this.in = new ClientInput(channel);
    this.out = new WatchedOutput(channel);
    this.replies =
        new ReplyQueue(
            new NetstringWriter(out), service.limits().maxPipelined(), service.lateWriters(), this);
    this.requests = new Requests(in, peer.name(), service, replies);
  }

  /**
   * Serves until no further request can come, and closes; or until it should go on in another way.
   *
   * @return how; never here
   */
  Onward serve() {
    Onward onward = Onward.NOT;
    try {
      leaveLoop();
      onward = serveOn();
    } catch (IOException e) {
      failed(e);
    } catch (VirtualMachineError e) {
      service.events().fatal(e);
      throw e;
    } catch (RuntimeException | Error e) {
      service.events().internalFailure("serving " + peer, e);
    } finally {
      if (onward == Onward.NOT) {
        closeNow();
      }
    }
    return onward;
  }

  private Onward serveOn() throws IOException {
    Onward onward = service.threads().onward(requests.pace(), mayLoop);
    while (onward == Onward.HERE && answerNext()) {
      if (!requests.hasBuffered()) {
        replies.flush();
        onward = service.threads().onward(requests.pace(), mayLoop);
      }
    }
    return onward == Onward.HERE ? finish() : onward;
  }

  private Onward finish() throws IOException {
    replies.finish();
    channel.shutdownOutput();
    if (lingering) {
      readOn();
    }
    return Onward.NOT;
  }

  /** Prepares for an event loop: from now on a read does not wait. */
  void enterLoop() throws IOException {
    mayLoop = false;
    inLoop = true;
    requests.pace().enterLoop();
    channel.configureBlocking(false);
  }

  private void leaveLoop() throws IOException {
    if (inLoop) {
      inLoop = false;
      channel.configureBlocking(true);
    }
  }

  /** Has a selector tell when something comes, its end too; false when nothing can. */
  boolean register(Selector selector) {
    try {
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ, this);
      if (closed) { // By who may not have seen yet that the loop is to find the end of it.
        key.cancel();
        return false;
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Answers what has come, without waiting for more, in an event loop.
   *
   * @return whether it may stay there; else {@link #serve} goes on with it, whatever it is
   */
  boolean answerWhatHasCome() {
    try {
      boolean goesOn = !replies.isFull() && requests.answerNext();
      while (goesOn && requests.hasBuffered()) {
        goesOn = !replies.isFull() && requests.answerNext();
      }
      replies.flush();
      return goesOn && !closed && !out.heldUp() && service.threads().staysInLoop(requests.pace());
    } catch (ClientInput.NothingYet e) {
      return !closed;
    } catch (NetstringException | EOFException e) {
      return false; // Which it meets again outside the loop.
    } catch (IOException e) {
      failed(e);
      closeNow();
      return false;
    } catch (VirtualMachineError e) {
      closeNow();
      service.events().fatal(e);
      throw e;
    } catch (RuntimeException | Error e) {
      closeNow();
      service.events().internalFailure("serving " + peer, e);
      return false;
    }
  }

  /** Reads one request and sees to its reply; false when no further one can come. */
  private boolean answerNext() throws IOException {
    try {
      return requests.answerNext();
    } catch (NetstringException e) {
      requests.refuse(e.getMessage());
      lingering = true;
      return false;
    } catch (EOFException e) {
      disconnected(e.getMessage());
      return false;
    }
  }

  /** Reads what the client is still sending: closing before would take the last reply from it. */
  private void readOn() throws IOException {
    byte[] garbage = new byte[1024];
    int left = LINGER_BYTES;
    while (left > 0) {
      int count = in.read(garbage);
      if (count < 0) {
        return;
      }
      left -= count;
    }
  }

  /**
   * Takes no further requests. Those that were read are answered, then the connection closes. Does
   * not block.
   */
  void drain() {
    try {
      channel.shutdownInput();
    } catch (IOException e) {
      closeNow(); // It is no longer connected.
    }
  }

  /** Cuts the connection off. Does not block. */
  void closeNow() {
    closed = true;
    try {
      if (inLoop) {
        // What the loop finds, so that it lets go of it.
        channel.shutdownInput();
        channel.shutdownOutput();
      } else {
        channel.close();
      }
    } catch (IOException e) {
      disconnected(e.toString());
    }
    replies.breakOff();
  }

  /** Lets go of the connection, which nobody serves any more. */
  void end() {
    inLoop = false;
    closeNow();
  }

  /** Ends the connection if its client, or a table, takes too long. For the watchdog's thread. */
  void endIfOverdue(long now) {
    Overdue.Kind kind = overdue.check(this, now);
    if (kind == null || closed) {
      return;
    }
    disconnected(kind.toString());
    switch (kind) {
      case IDLE -> drain();
      case WRITING, LINGERING -> closeNow();
      case UNANSWERED -> {
        service.events().internalFailure("answering " + peer, new TimeoutException(kind.name()));
        closeNow();
      }
    }
  }

  Peer peer() {
    return peer;
  }

  int outputPhase() {
    return out.phase();
  }

  int received() {
    return requests.received();
  }

  int sent() {
    return replies.sent();
  }

  boolean lingering() {
    return lingering;
  }

  @Override
  public void sending(PendingReply reply) {
    if (reply.timed()) {
      SocketmapRequest request = reply.request();
      service
          .events()
          .answered(
              peer.name(), request.mapName(), text(request), reply.reply(), reply.tookNanos());
    }
  }

  @Override
  public void lateWriteFailed(Throwable cause) {
    closeNow();
    switch (cause) {
      case IOException e -> disconnected(e.toString());
      case VirtualMachineError e -> {
        service.events().fatal(e);
        throw e;
      }
      default -> service.events().internalFailure("replying to " + peer, cause);
    }
  }

  private static String text(SocketmapRequest request) {
    return request.key().orElseGet(() -> new String(request.keyBytes(), StandardCharsets.UTF_8));
  }

  /** The client is gone; unless it was cut off here, which has been told. */
  private void failed(IOException e) {
    if (!closed) {
      disconnected(e.toString());
    }
  }

  private void disconnected(@Nullable String reason) {
    service.events().disconnected(peer.name(), String.valueOf(reason));
  }
}
