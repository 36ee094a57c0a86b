package org.sockmapd.bench;

import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sockmapd.protocol.NetstringException;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapSyntaxException;

/**
 * One of the connections that ask. It is opened anew when it breaks. For use by one thread, but for
 * {@link #isConnected}.
 */
final class LoadConnection {
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final List<SocketAddress> addresses;
  private final Duration connectTimeout;
  private final Duration readTimeout;
  private final RunTime time;
  private final Measurement measurement;
  private final Schedule schedule;
  private final KeyWalk keys;
  private final InFlight inFlight;
  private final Selector selector;

  private boolean asks;
  private boolean tried;
  private boolean abandoned;
  private @Nullable Wire wire;

  /** Which address the wire leads to. */
  private int address;

  /** When to connect again, while there is no wire. */
  private long retryAt;

  /** How many times in a row the server had no place in its queue. */
  private long fullQueues;

  /** When the patience with the wire is over. */
  private long giveUpAt = RunTime.NEVER;

  private volatile boolean connected;

  LoadConnection(
      BenchSettings settings,
      List<SocketAddress> addresses,
      RunTime time,
      Measurement measurement,
      Optional<Pace> pace,
      KeyWalk keys,
      Selector selector) {
    this.addresses = addresses;
    this.connectTimeout = settings.connectTimeout();
    this.readTimeout = settings.readTimeout();
    this.time = time;
    this.measurement = measurement;
    this.schedule = new Schedule(time, pace);
    this.keys = keys;
    this.inFlight = new InFlight(settings.pipeline());
    this.selector = selector;
  }

  /** Begins to connect. */
  void connect() {
    connectFrom(0, new IOException("the name has no address"));
  }

  /** Tells whether the first try to connect has come to an end, in one way or another. */
  boolean tried() {
    return tried;
  }

  boolean isConnected() {
    return connected;
  }

  /** From now on requests are sent. */
  void begin() {
    asks = true;
    send();
  }

  Schedule schedule() {
    return schedule;
  }

  /** Does what the selector says can be done. */
  void ready() {
    Wire on = wire;
    if (on == null) {
      return;
    }
    try {
      if (!on.isConnected()) {
        if (on.finishConnect()) {
          connected();
        }
        return;
      }
      on.flushOn();
      receive(on);
      sendDue(on);
    } catch (IOException e) {
      failed(on, e);
    }
  }

  /** Sends what is due and finds room. */
  void send() {
    Wire on = wire;
    if (on != null && connected) {
      try {
        sendDue(on);
      } catch (IOException e) {
        failed(on, e);
      }
    }
  }

  /**
   * Gives up what takes too long, connects again, or ends. To be called some times a second.
   *
   * @return false when it has ended: the run is over, and no reply is waited for
   */
  boolean look() {
    long now = time.now();
    boolean over = isOver(now);
    Wire on = wire;
    if (on == null) {
      if (!over && now >= retryAt) {
        connect();
      }
      return !over;
    }
    if (over && inFlight.isEmpty()) {
      hangUp(on, new IOException("the run is over"));
      return false;
    }
    if (now >= giveUpAt) {
      failed(
          on,
          connected
              ? new SocketTimeoutException("no reply within " + readTimeout.toMillis() + " ms")
              : new SocketTimeoutException("no answer in " + connectTimeout.toMillis() + " ms"));
    }
    return true;
  }

  /** Ends at once. What is under way stays unanswered, and is not counted. */
  void abandon() {
    abandoned = true;
    Wire on = wire;
    if (on != null) {
      hangUp(on, new IOException("the run was stopped"));
    }
  }

  /** To the first address, from one on, that does not refuse at once. */
  private void connectFrom(int first, IOException failure) {
    IOException last = failure;
    for (address = first; address < addresses.size(); address++) {
      try {
        Wire on = Wire.to(addresses.get(address), selector, this);
        wire = on;
        giveUpAt = time.now() + connectTimeout.toNanos();
        if (on.isConnected()) {
          connected();
        }
        return;
      } catch (IOException e) {
        last = e;
      }
    }
    if (Wire.isQueueFull(last) && ++fullQueues * RETRY_NANOS < connectTimeout.toNanos()) {
      retryAt = time.now() + RETRY_NANOS; // A place in TCP's queue would be waited for, too.
      return;
    }
    noWire();
    measurement.tally().failed("cannot connect: " + last.getMessage());
  }

  private void connected() {
    fullQueues = 0;
    tried = true;
    connected = true;
    giveUpAt = RunTime.NEVER;
    send();
  }

  private void noWire() {
    fullQueues = 0;
    tried = true;
    connected = false;
    wire = null;
    giveUpAt = RunTime.NEVER;
    retryAt = time.now() + RETRY_NANOS;
  }

  private void failed(Wire on, IOException why) {
    if (connected) {
      hangUp(on, why);
    } else {
      on.close();
      connectFrom(address + 1, why);
    }
  }

  private void hangUp(Wire on, IOException why) {
    on.close();
    noWire();
    if (!inFlight.isEmpty()) {
      lose(why);
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

  /** Once from the socket: the selector tells when there is more. */
  private void receive(Wire on) throws IOException {
    ByteBuffer payload = on.read();
    while (payload != null) {
      take(payload);
      payload = on.hasBuffered() ? on.read() : null;
    }
  }

  /** Passes on the reply to the oldest request. */
  private void take(ByteBuffer payload) throws IOException {
    long now = time.now();
    SocketmapReply reply = SocketmapReply.parse(payload);
    if (inFlight.isEmpty()) {
      measurement.tally().failed("a reply came that nothing was asked for: " + reply);
      throw new IOException("a reply came that nothing was asked for");
    }
    measurement.answered(inFlight.oldestKey(), inFlight.oldestDue(), now, reply, payload);
    inFlight.removeOldest();
    giveUpAt = inFlight.isEmpty() ? RunTime.NEVER : inFlight.oldestSent() + readTimeout.toNanos();
  }

  private void sendDue(Wire on) throws IOException {
    long now = time.now();
    boolean wrote = false;
    while (asks && !inFlight.isFull() && schedule.next(now) <= now && !isOver(now)) {
      if (inFlight.isEmpty()) {
        giveUpAt = now + readTimeout.toNanos();
      }
      inFlight.add(keys.key(), schedule.next(now), now);
      schedule.sent();
      on.write(keys.next());
      wrote = true;
    }
    if (wrote) {
      on.flush();
    }
  }

  private boolean isOver(long now) {
    return abandoned || schedule.isOver(now);
  }

  /** Counts what was due and could not be sent. */
  void countUnsent() {
    schedule.countUnsent(measurement);
  }
}
