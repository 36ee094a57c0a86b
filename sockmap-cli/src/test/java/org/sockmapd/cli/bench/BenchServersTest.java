package org.sockmapd.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sockmapd.bench.BenchOutcome;
import org.sockmapd.bench.BenchRun;
import org.sockmapd.bench.BenchSettings;
import org.sockmapd.cli.ExitStatus;
import org.sockmapd.protocol.NetstringWriter;
import org.sockmapd.protocol.SocketmapLimits;
import org.sockmapd.protocol.SocketmapReply;
import org.sockmapd.protocol.SocketmapRequest;
import org.sockmapd.protocol.SocketmapRequestReader;

/** Servers that are slow, full or gone, or talk nonsense. */
@Timeout(60)
class BenchServersTest extends BenchCase {
  @Test
  void sendsAsManyRequestsAheadAsThePipelineHoldsAndTakesRepliesInOrder() throws Exception {
    ScriptedServer.Script answersTheFirstAfterTheEighth =
        (connection, number) -> {
          var first = new ArrayList<SocketmapRequest>();
          while (first.size() < 8) {
            first.add(connection.next());
          }
          for (var request : first) {
            connection.answer(request);
          }
          connection.echo();
        };
    try (ScriptedServer server = new ScriptedServer(answersTheFirstAfterTheEighth)) {
      String keys = "k1\tOK k1\nk2\tOK k2\nk3\tOK k3\n";
      assertThat(bench(server.endpoint(), keys, "--pipeline", "8", "--read-timeout", "20s"))
          .isEqualTo(ExitStatus.OK);
    }
    assertThat(json().get("wrong").getAsLong()).isZero();
    assertThat(json().get("lost").getAsLong()).isZero();
    assertThat(replies("OK")).isGreaterThanOrEqualTo(8);
  }

  @Test
  void countsTheRequestsThatAClosedConnectionLeavesWithoutReply() throws Exception {
    ScriptedServer.Script closesTheFirst =
        (connection, number) -> {
          if (number == 0) {
            connection.next();
            connection.next();
            connection.next();
            return;
          }
          connection.echo();
        };
    try (ScriptedServer server = new ScriptedServer(closesTheFirst)) {
      assertThat(bench(server.endpoint(), "k\n", "--pipeline", "3"))
          .isEqualTo(ExitStatus.TEMPORARY);
    }
    assertThat(json().get("lost").getAsLong()).isEqualTo(3);
    assertThat(json().getAsJsonArray("failures").get(0).getAsString()).contains("closed");
    assertThat(replies("OK")).as("replies on the connection after it").isPositive();
  }

  @Test
  void losesNothingToAServerThatClosesBetweenRequests() throws Exception {
    CountDownLatch again = new CountDownLatch(1);
    ScriptedServer.Script closesAfterOne =
        (connection, number) -> {
          connection.answer(connection.next());
          if (number > 0) {
            again.countDown();
            connection.echo();
          }
        };
    try (ScriptedServer server = new ScriptedServer(closesAfterOne)) {
      assertThat(bench(server.endpoint(), "k\tOK k\n", "--rate", "4", "-d", "1s"))
          .isEqualTo(ExitStatus.OK);
    }
    assertThat(again.getCount()).isZero();
    assertThat(replies("OK")).isEqualTo(4);
  }

  @Test
  void waitsForAPlaceInTheQueueOfAUnixSocket() throws Exception {
    Path path = folder.resolve("full");
    try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      listener.bind(UnixDomainSocketAddress.of(path), 1);
      Thread.ofPlatform().daemon().start(() -> acceptLate(listener));
      assertThat(bench("unix:" + path, "k\tOK k\n", "-c", "8")).isEqualTo(ExitStatus.OK);
    }
    assertThat(json().getAsJsonArray("failures")).isEmpty();
    assertThat(replies("OK")).isPositive();
  }

  @Test
  void sendsWhatFindsNoRoomWhenTheServerReadsOn() throws Exception {
    ScriptedServer.Script readsLate =
        (connection, number) -> {
          Thread.sleep(300); // Until the client has filled what the kernel holds.
          connection.echo();
        };
    String longKey = "k".repeat(10_000);
    try (ScriptedServer server = new ScriptedServer(readsLate)) {
      String keys = longKey + "\tOK " + longKey + "\n";
      assertThat(bench(server.endpoint(), keys, "--pipeline", "1024")).isEqualTo(ExitStatus.OK);
    }
    assertThat(replies("OK")).isGreaterThanOrEqualTo(1024);
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  @Test
  void takesBytesThatAreNoNetstringForAWrongReply() throws Exception {
    ScriptedServer.Script talksNonsense =
        (connection, number) -> {
          connection.next();
          connection.socket().getOutputStream().write("OK k\n".getBytes(StandardCharsets.UTF_8));
          connection.waitUntilClosed();
        };
    try (ScriptedServer server = new ScriptedServer(talksNonsense)) {
      assertThat(bench(server.endpoint(), "k\tOK k\n")).isEqualTo(ExitStatus.WRONG_REPLY);
    }
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  @Test
  void countsEveryRequestThatWasDueWhileTheServerStalled() throws Exception {
    AtomicLong firstAsked = new AtomicLong(Long.MAX_VALUE);
    CountDownLatch goOn = new CountDownLatch(1);
    long stall = Duration.ofMillis(400).toNanos();
    ScriptedServer.Script stallsOnce =
        (connection, number) -> {
          var first = connection.next();
          firstAsked.set(System.nanoTime());
          goOn.await();
          connection.answer(first);
          connection.echo();
        };
    LongSupplier clock =
        () -> {
          long now = System.nanoTime();
          if (firstAsked.get() != Long.MAX_VALUE && now - firstAsked.get() >= stall) {
            goOn.countDown();
          }
          return now;
        };
    Path log = folder.resolve("stall.hlog");
    try (ScriptedServer server = new ScriptedServer(stallsOnce)) {
      BenchSettings settings =
          settings(server.endpoint(), OptionalInt.of(1000), Duration.ofSeconds(1));
      run(settings, Optional.of(log), clock).run();
    }
    Histogram latencies = readLog(log);
    assertThat(latencies.getTotalCount()).isEqualTo(1000);
    assertThat(latencies.getMaxValue()).isGreaterThanOrEqualTo(stall);
    // One was sent in the first 200 ms, and 199 more were due.
    assertThat(latencies.getCountBetweenValues(stall / 2, Long.MAX_VALUE / 4))
        .isGreaterThanOrEqualTo(199);
  }

  @Test
  void countsWhatWasDueAndNeverSentWithTheTimeItHadWaited() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((connection, number) -> connection.waitUntilClosed())) {
      assertThat(
              bench(
                  server.endpoint(), "k\n", "-R", "1000", "-d", "200ms", "--read-timeout", "300ms"))
          .isEqualTo(ExitStatus.TEMPORARY);
    }
    assertThat(json().get("unsent").getAsLong()).isEqualTo(199);
    assertThat(json().get("lost").getAsLong()).isEqualTo(1);
    JsonObject latencies = json().getAsJsonObject("latency_ms");
    assertThat(latencies.get("p50").getAsDouble()).isBetween(99.0, 101.5);
    assertThat(latencies.get("max").getAsDouble()).isGreaterThanOrEqualTo(300);
  }

  @Test
  void doesNotAwaitRepliesWhenItIsStoppedTwice() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    ScriptedServer.Script neverAnswers =
        (connection, number) -> {
          connection.next();
          asked.countDown();
          connection.waitUntilClosed();
        };
    try (ScriptedServer server = new ScriptedServer(neverAnswers)) {
      BenchSettings settings =
          settings(server.endpoint(), OptionalInt.empty(), Duration.ofHours(1));
      BenchRun run = run(settings, Optional.empty(), System::nanoTime);
      CompletableFuture<BenchOutcome> outcome = started(run);
      asked.await();
      run.stop();
      run.stop();
      assertThat(outcome.get(30, TimeUnit.SECONDS)).isEqualTo(BenchOutcome.FAILURES);
    }
    assertThat(json().get("lost").getAsLong()).isZero();
  }

  private static void acceptLate(ServerSocketChannel listener) {
    try {
      Thread.sleep(300); // Until the queue has been found to be full.
      while (true) {
        SocketChannel client = listener.accept();
        Thread.ofPlatform().daemon().start(() -> echo(client));
      }
    } catch (IOException | InterruptedException closed) {
      return;
    }
  }

  private static void echo(SocketChannel client) {
    try (client) {
      var requests =
          new SocketmapRequestReader(Channels.newInputStream(client), SocketmapLimits.postfix());
      NetstringWriter replies = new NetstringWriter(Channels.newOutputStream(client));
      for (SocketmapRequest next = requests.read(); next != null; next = requests.read()) {
        replies.write(new SocketmapReply.Ok(next.key().orElseThrow()));
        replies.flush();
      }
    } catch (IOException closed) {
      return;
    }
  }
}
