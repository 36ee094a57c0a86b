package org.sockmapd.cli.faults;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.sockmapd.protocol.Endpoint;
import org.sockmapd.protocol.NetstringReader;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapReply;

/**
 * A client with one connection, which it never gives up: whatever happens to a database, the daemon
 * has no reason to close it. Asks some questions at once, reads all replies, and rests a little.
 */
final class Asker implements Runnable {
  private static final Duration REST_OF_A_QUESTION = Duration.ofMillis(50);
  private static final int MAX_REPLY_BYTES = 100_000;

  private final Endpoint endpoint;
  private final String connection;
  private final int atOnce;
  private final RandomGenerator random;
  private final Score score;
  private final CountDownLatch stop;
  private int unanswered;
  private volatile int streak;

  /**
   * Makes a client that does nothing yet.
   *
   * @param connection whose maps it asks
   * @param atOnce how many questions are sent before a reply is read
   */
  Asker(
      Endpoint endpoint,
      String connection,
      int atOnce,
      RandomGenerator random,
      Score score,
      CountDownLatch stop) {
    this.endpoint = endpoint;
    this.connection = connection;
    this.atOnce = atOnce;
    this.random = random;
    this.score = score;
    this.stop = stop;
  }

  String connection() {
    return connection;
  }

  /** Right answers in a row. */
  int streak() {
    return streak;
  }

  void beginStreak() {
    streak = 0;
  }

  @Override
  public void run() {
    Duration rest = REST_OF_A_QUESTION.multipliedBy(atOnce);
    try (SocketChannel channel = SocketChannel.open(address())) {
      NetstringReader replies =
          new NetstringReader(Channels.newInputStream(channel), MAX_REPLY_BYTES);
      NetstringWriter requests = new NetstringWriter(Channels.newOutputStream(channel));
      while (!stop.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        ask(requests, replies);
      }
    } catch (IOException e) {
      score.defect("%d replies lost on %s: %s".formatted(unanswered, this, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SocketAddress address() {
    return switch (endpoint) {
      case Endpoint.Inet(String host, int port) -> new InetSocketAddress(host, port);
      case Endpoint.Unix(var path) -> UnixDomainSocketAddress.of(path);
    };
  }

  private void ask(NetstringWriter requests, NetstringReader replies) throws IOException {
    List<Question> questions =
        Stream.generate(() -> Oracle.any(connection, random)).limit(atOnce).toList();
    for (Question question : questions) {
      requests.write(question.request());
    }
    unanswered = atOnce;
    long sent = System.nanoTime();
    requests.flush();
    for (Question question : questions) {
      judge(question, read(replies), sent);
    }
    unanswered = 0;
  }

  private static SocketmapReply read(NetstringReader replies) throws IOException {
    ByteBuffer payload = replies.read();
    if (payload == null) {
      throw new EOFException("closed by the daemon");
    }
    return SocketmapReply.parse(payload);
  }

  private void judge(Question question, SocketmapReply reply, long sent) {
    Verdict verdict = question.judge(reply);
    score.replied(verdict, sent, System.nanoTime());
    streak = verdict == Verdict.RIGHT ? Math.addExact(streak, 1) : 0;
    if (verdict == Verdict.WRONG) {
      score.defect("%s was answered with %s on %s".formatted(question, reply, this));
    }
  }

  @Override
  public String toString() {
    return "%s (%s, %d at once)".formatted(endpoint, connection, atOnce);
  }
}
