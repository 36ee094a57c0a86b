package org.sockmapd.server;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds a connection that takes too long, from counters that its threads advance anyway: the
 * threads of a request neither ask the time nor set a timer. Used by the watchdog's thread alone.
 */
final class Overdue {
  /**
   * How long a table may take, which is to keep to a deadline of its own. Postfix waits 100 seconds
   * for a reply.
   */
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(120);

  /** How long a client that sent garbage may take to read why. */
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  enum Kind {
    IDLE("idle for too long"),
    LINGERING("did not close after an error"),
    WRITING("did not read its replies"),
    UNANSWERED("no answer from the table");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final long idleNanos;
  private final long writeNanos;
  private final Stillness output;
  private final Stillness received;
  private final Stillness sent;

  Overdue(ServerLimits limits, long now) {
    this.idleNanos = limits.idleTimeout().toNanos();
    this.writeNanos = limits.writeTimeout().toNanos();
    this.output = new Stillness(now);
    this.received = new Stillness(now);
    this.sent = new Stillness(now);
  }

  /** What the connection has taken too long for; null when nothing. */
  @Nullable Kind check(Connection connection, long now) {
    int phase = connection.outputPhase();
    long writing = output.of(phase, now);
    if (WatchedOutput.isWriting(phase)) {
      return writing > writeNanos ? Kind.WRITING : null;
    }
    int requests = connection.received();
    int replies = connection.sent();
    long still = Math.min(received.of(requests, now), sent.of(replies, now));
    if (connection.lingering() && requests == replies) {
      return Math.min(writing, still) > LINGER_NANOS ? Kind.LINGERING : null;
    }
    if (requests == replies) {
      return still > idleNanos ? Kind.IDLE : null;
    }
    return still > ANSWER_NANOS ? Kind.UNANSWERED : null;
  }
}
