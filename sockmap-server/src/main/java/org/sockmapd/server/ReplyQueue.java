package org.sockmapd.server;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.NetstringWriter;

/**
 * Sends the replies of one connection in the order of its requests.
 *
 * <p>While no reply is late, the reading thread writes each itself, and nothing here is locked. A
 * reply whose answer comes later, on another thread, waits in a queue with all that follow it; who
 * answers the foremost sees to the writing of what is ready.
 *
 * <p>A short reply to a client that asks for one thing at a time is written by the thread that
 * answered, since waking another costs more than the writing: such a client has read what came
 * before, so that a few bytes find room. All else is written by a <em>late writer</em>, a virtual
 * thread: the client may not be reading. A table must count on a client that breaks the rule all
 * the same, and go on when one of its threads is held up.
 *
 * <p>The writer is the reading thread's while {@link #outstanding} is zero, and otherwise belongs
 * to the thread that set {@link #writing}.
 */
final class ReplyQueue {
  /** Far less, in whatever characters, than a socket takes at once. */
  private static final int SHORT = 2_000;

  private final NetstringWriter writer;
  private final Executor lateWriters;
  private final ReplyListener listener;
  private final int maxOutstanding;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition progress = lock.newCondition();
  private @Nullable PendingReply head;
  private @Nullable PendingReply tail;
  private boolean writing;
  private boolean pipelined;
  private boolean broken;

  /** Queued and not yet sent. Written under the lock. */
  private final AtomicInteger outstanding = new AtomicInteger();

  /** How many replies were passed to the writer in all; written by its owner of the moment. */
  private final AtomicInteger sent = new AtomicInteger();

  /** Hears of replies on the thread that writes them. */
  interface ReplyListener {
    /** A reply is about to be sent. */
    void sending(PendingReply reply);

    /** A late writer could not go on. */
    void lateWriteFailed(Throwable cause);
  }

  ReplyQueue(
      NetstringWriter writer, int maxOutstanding, Executor lateWriters, ReplyListener listener) {
    this.writer = writer;
    this.maxOutstanding = maxOutstanding;
    this.lateWriters = lateWriters;
    this.listener = listener;
  }

  /** Adds the reply to the next request. Waits while too many are unanswered. */
  void add(PendingReply reply) throws IOException {
    if (outstanding.get() == 0) {
      if (reply.answered()) {
        write(reply);
        return;
      }
      writer.flush(); // What is ready must not wait for what is late.
    }
    append(reply);
    reply.markQueued();
    if (reply.answered()) {
      advance();
    }
  }

  /** Tells whether {@link #add} would wait. */
  boolean isFull() {
    return outstanding.get() >= maxOutstanding;
  }

  /** Passes on what the reading thread has written; what is late passes on by itself. */
  void flush() throws IOException {
    if (outstanding.get() == 0) {
      writer.flush();
    }
  }

  /** Passes on everything, waiting for what is late; returns early when the connection breaks. */
  void finish() throws IOException {
    awaitOutstandingBelow(1);
    flush();
  }

  int sent() {
    return sent.getAcquire();
  }

  /** A queued reply has got its answer. Called on any thread. */
  void advance() {
    boolean here;
    lock.lock();
    try {
      if (writing || head == null || !head.answered()) {
        return;
      }
      writing = true;
      here = !pipelined && head.reply().text().length() <= SHORT;
    } finally {
      lock.unlock();
    }
    if (here) {
      writeHere();
    } else {
      lateWriters.execute(this::writeLate);
    }
  }

  /**
   * On a thread of the table's. A channel closes when one that is interrupted writes, and a table
   * may have been interrupted for taking too long, which is an answer.
   */
  private void writeHere() {
    boolean interrupted = Thread.interrupted();
    try {
      writeLate();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void append(PendingReply reply) throws IOException {
    lock.lock();
    try {
      awaitOutstandingBelow(maxOutstanding);
      pipelined |= head != null;
      outstanding.set(outstanding.get() + 1);
      if (tail == null) {
        head = reply;
      } else {
        tail.next = reply;
      }
      tail = reply;
    } finally {
      lock.unlock();
    }
  }

  private void awaitOutstandingBelow(int limit) throws IOException {
    lock.lock();
    try {
      while (outstanding.get() >= limit && !broken) {
        progress.awaitUninterruptibly();
      }
      if (broken) {
        throw new IOException("the client cannot be written to");
      }
    } finally {
      lock.unlock();
    }
  }

  private void writeLate() {
    try {
      int count = 0;
      for (PendingReply ready = takeReady(0); ready != null; ready = takeReady(count)) {
        count = 0;
        for (PendingReply reply = ready; reply != null; reply = reply.next) {
          write(reply);
          count++;
        }
        writer.flush();
      }
    } catch (IOException | RuntimeException | Error e) {
      breakOff();
      listener.lateWriteFailed(e);
    }
  }

  /** Takes off the answered replies in front, after {@code done} earlier ones were sent. */
  private @Nullable PendingReply takeReady(int done) {
    lock.lock();
    try {
      if (done > 0) {
        outstanding.set(outstanding.get() - done);
        progress.signalAll();
      }
      PendingReply first = head;
      PendingReply last = null;
      while (head != null && head.answered()) {
        last = head;
        head = head.next;
      }
      if (last == null) {
        writing = false;
        return null;
      }
      last.next = null;
      if (head == null) {
        tail = null;
      }
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Nothing can be sent any more; nobody waits for it. */
  void breakOff() {
    lock.lock();
    try {
      broken = true;
      progress.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void write(PendingReply reply) throws IOException {
    listener.sending(reply);
    writer.write(reply.reply());
    sent.setRelease(sent.getPlain() + 1);
  }
}
