package org.sockmapd.cli.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.NetstringException;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapSyntaxException;

/**
 * One of the connections that ask. It is opened anew when it breaks. One thread converses; with a
 * pace another one keeps it.
 */
final class LoadConnection {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final long LONGEST_NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** What is due at the very end is sent though the thread that sends it wakes a little later. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final List<SocketAddress> addresses;
  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final RunTime time;
  private final Measurement measurement;
  private final Optional<Pace> pace;

  /** Guards what is below: two threads send, and one of them receives. */
  private final ReentrantLock lock = new ReentrantLock();

  private final KeyWalk keys;
  private final InFlight inFlight;
  private long asked;
  private boolean waitsForRoom;

  private volatile boolean abandoned;
  private volatile @Nullable Wire wire;
  private volatile @Nullable Thread pacer;

  /** When the patience with the connection is over. */
  private volatile long giveUpAt = RunTime.NEVER;

  LoadConnection(
      BenchSettings settings,
      List<SocketAddress> addresses,
      RunTime time,
      Measurement measurement,
      Optional<Pace> pace,
      KeyWalk keys) {
    this.addresses = addresses;
    this.connectTimeout = settings.connectTimeout();
    this.readTimeout = settings.readTimeout();
    this.time = time;
    this.measurement = measurement;
    this.pace = pace;
    this.keys = keys;
    this.inFlight = new InFlight(settings.pipeline());
  }

  /** Connects, or takes down why not. */
  void connect() {
    try {
      connectToAny();
    } catch (IOException e) {
      measurement.tally().failed(String.valueOf(e.getMessage()));
    }
  }

  boolean isConnected() {
    return wire != null;
  }

  /** Asks until the run is over and every request has its reply, or none can come any more. */
  void converse() {
    while (!isOver()) {
      Wire on = wire;
      if (on == null) {
        connect();
      } else {
        talkOn(on);
      }
      if (wire == null) {
        LockSupport.parkNanos(this, RETRY_NANOS);
      }
    }
    Wire last = wire;
    if (last != null) {
      hangUp(last, new IOException("the run is over"));
    }
    countUnsent();
  }

  private void connectToAny() throws IOException {
    IOException last = new IOException("the name has no address");
    for (SocketAddress address : addresses) {
      Wire trying = Wire.forAddress(address);
      try {
        connect(trying, address);
        return;
      } catch (IOException e) {
        last = new IOException("cannot connect: " + trying.cause(e).getMessage(), e);
        hangUp(trying, last);
      }
    }
    throw last;
  }

  private void connect(Wire trying, SocketAddress address) throws IOException {
    giveUpAt = time.now() + connectTimeout.toNanos();
    wire = trying;
    trying.connect(address);
    lock.lock();
    try {
      if (inFlight.isEmpty()) { // Else a request was sent at once, and is waited for.
        giveUpAt = RunTime.NEVER;
      }
    } finally {
      lock.unlock();
    }
  }

  private void talkOn(Wire on) {
    try {
      sendDue();
      while (!isDone()) {
        take(on.read());
        while (on.hasBuffered()) {
          take(on.read());
        }
        sendDue();
      }
    } catch (IOException e) {
      hangUp(on, on.cause(e));
    }
  }

  /** Passes on the reply to the oldest request. */
  private void take(ByteBuffer payload) throws IOException {
    long now = time.now();
    lock.lock();
    try {
      SocketmapReply reply = SocketmapReply.parse(payload);
      if (inFlight.isEmpty()) {
        measurement.tally().failed("a reply came that nothing was asked for: " + reply);
        throw new IOException("a reply came that nothing was asked for");
      }
      measurement.answered(inFlight.oldestKey(), inFlight.oldestDue(), now, reply, payload);
      inFlight.removeOldest();
      giveUpAt = inFlight.isEmpty() ? RunTime.NEVER : inFlight.oldestSent() + readTimeout.toNanos();
    } finally {
      lock.unlock();
    }
  }

  private void sendDue() throws IOException {
    lock.lock();
    try {
      Wire on = wire;
      if (on != null && on.isConnected()) {
        sendDue(on);
      }
      if (waitsForRoom && !inFlight.isFull()) {
        waitsForRoom = false;
        LockSupport.unpark(pacer);
      }
    } finally {
      lock.unlock();
    }
  }

  private void sendDue(Wire on) throws IOException {
    long now = time.now();
    boolean wrote = false;
    while (!inFlight.isFull() && nextDue(now) <= now && !isOver(now)) {
      if (inFlight.isEmpty()) {
        giveUpAt = now + readTimeout.toNanos();
      }
      inFlight.add(keys.key(), nextDue(now), now);
      asked++;
      on.write(keys.next());
      wrote = true;
    }
    if (wrote) {
      on.flush();
    }
  }

  /** Without a pace the next request is due as soon as there is room for it. */
  private long nextDue(long now) {
    return pace.isPresent() ? time.begun() + pace.get().due(asked) : now;
  }

  /** Sends what becomes due while no reply comes. */
  void keepPace() {
    pacer = Thread.currentThread();
    while (!isOver()) {
      try {
        sendDue();
      } catch (IOException e) {
        breakOff(e);
      }
      LockSupport.parkNanos(this, nap());
    }
  }

  private long nap() {
    lock.lock();
    try {
      waitsForRoom = inFlight.isFull() || wire == null;
      long now = time.now();
      return waitsForRoom
          ? LONGEST_NAP_NANOS
          : Math.clamp(nextDue(now) - now, 0, LONGEST_NAP_NANOS);
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    lock.lock();
    try {
      return isOver(time.now());
    } finally {
      lock.unlock();
    }
  }

  /** Tells whether nothing is sent any more. */
  private boolean isOver(long now) {
    long end = time.end();
    return abandoned
        || (pace.isPresent() ? nextDue(now) >= end || now - GRACE_NANOS >= end : now >= end);
  }

  private boolean isDone() {
    lock.lock();
    try {
      return inFlight.isEmpty() && isOver(time.now());
    } finally {
      lock.unlock();
    }
  }

  /** Closes the connection if it has nothing more to wait for, or has waited for too long. */
  void look() {
    Wire on = wire;
    if (on == null) {
      return;
    }
    if (time.now() >= giveUpAt) {
      on.breakOff(
          on.isConnected()
              ? new SocketTimeoutException("no reply within " + readTimeout.toMillis() + " ms")
              : new SocketTimeoutException("no answer in " + connectTimeout.toMillis() + " ms"));
    } else if (lock.tryLock()) {
      try {
        if (inFlight.isEmpty() && isOver(time.now())) {
          on.breakOff(new IOException("the run is over"));
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** Ends at once. What is under way stays unanswered, and is not counted. */
  void abandon() {
    abandoned = true;
    breakOff(new IOException("the run was stopped"));
  }

  private void breakOff(IOException why) {
    Wire on = wire;
    if (on != null) {
      on.breakOff(why);
    }
  }

  private void hangUp(Wire on, IOException why) {
    on.breakOff(why);
    lock.lock();
    try {
      wire = null;
      giveUpAt = RunTime.NEVER;
      if (!inFlight.isEmpty()) {
        lose(why);
      }
    } finally {
      lock.unlock();
    }
  }

  private void lose(IOException why) {
    if (why instanceof NetstringException || why instanceof SocketmapSyntaxException) {
      measurement.malformed(inFlight.oldestKey(), why);
      inFlight.removeOldest();
    }
    if (!abandoned && !inFlight.isEmpty()) {
      measurement.tally().lost(inFlight.count(), String.valueOf(why.getMessage()));
    }
    long now = time.now();
    for (; !inFlight.isEmpty(); inFlight.removeOldest()) {
      if (why instanceof SocketTimeoutException) {
        measurement.givenUp(inFlight.oldestDue(), now);
      }
    }
  }

  /** What was due and could not be sent has waited until the end at least. */
  private void countUnsent() {
    long end = time.end();
    if (pace.isEmpty()) {
      return;
    }
    for (long due = nextDue(0); due < end; due = nextDue(0)) {
      measurement.unsent(due, end);
      asked++;
    }
  }
}
