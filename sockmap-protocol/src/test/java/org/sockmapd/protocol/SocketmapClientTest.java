package org.sockmapd.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sockmapd.protocol.ScriptedServer.Peer;
import org.sockmapd.protocol.SocketmapReply.NotFound;
import org.sockmapd.protocol.SocketmapReply.Ok;
import org.sockmapd.protocol.SocketmapReply.Temp;

@Timeout(30)
class SocketmapClientTest {
  private static final SocketmapRequest REQUEST =
      SocketmapRequest.of("virtual", "jörg@example.com");
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir private Path folder;

  @Test
  void asksOverTcp() throws IOException {
    List<String> heard = new ArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.onTcp(
                peer -> {
                  heard.add(peer.hear());
                  peer.say("7:OK jür,");
                });
        SocketmapClient client = client(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("jür"));
      assertThat(heard).containsExactly("25:virtual j\u00c3\u00b6rg@example.com,");
    }
  }

  @Test
  void asksOverIpv6() throws IOException {
    InetAddress loopback = InetAddress.getAllByName("::1")[0];
    boolean mustRun = "true".equals(System.getenv("CI"));
    assumeTrue(mustRun || canBind(loopback), "this machine has no IPv6 loopback");
    try (ScriptedServer server =
            ScriptedServer.onTcp(loopback, peer -> peer.answer("8:NOTFOUND,"));
        SocketmapClient client = client(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo(new NotFound());
    }
  }

  @Test
  void asksOverAUnixSocket() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.onUnix(folder.resolve("s"), peer -> peer.answer("9:TEMP down,"));
        SocketmapClient client = client(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo(new Temp("down"));
    }
  }

  @Test
  void keepsItsConnection() throws IOException {
    try (ScriptedServer server =
            ScriptedServer.onTcp(
                peer -> {
                  peer.answer("4:OK 1,");
                  peer.answer("4:OK 2,");
                });
        SocketmapClient client = client(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("1"));
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("2"));
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void restartOfTheServerGoesUnnoticed() throws IOException {
    CountDownLatch closed = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.onTcp(
                peer -> {
                  peer.answer("4:OK 1,");
                  peer.hangUp();
                  closed.countDown();
                },
                peer -> peer.answer("4:OK 2,"));
        SocketmapClient client = client(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("1"));
      await(closed);
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("2"));
    }
  }

  @Test
  void doesNotConnectTwiceToAServerThatIsNotThere() throws IOException {
    Endpoint.Inet gone;
    try (ServerSocket closing = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      gone = new Endpoint.Inet("127.0.0.1", closing.getLocalPort());
    }
    try (SocketmapClient client = SocketmapClient.builder(gone).build()) {
      assertThatThrownBy(() -> client.ask(REQUEST))
          .hasMessageStartingWith(gone + ": cannot connect: ")
          .satisfies(e -> assertThat(e.getCause()).hasNoSuppressedExceptions());
    }
  }

  @Test
  void asksOnceMoreWhereTheConnectionBreaksBeforeTheReplyIsWhole() throws IOException {
    for (String part : List.of("", "5:OK", "4:OK x")) {
      try (ScriptedServer server =
              ScriptedServer.onUnix(
                  folder.resolve("s" + part.length()),
                  peer -> {
                    peer.answer(part);
                    peer.hangUp();
                  },
                  peer -> peer.answer("4:OK y,"));
          SocketmapClient client = client(server)) {
        assertThat(client.ask(REQUEST)).isEqualTo(new Ok("y"));
      }
    }
  }

  @Test
  void asksNoThirdTime() throws IOException {
    ScriptedServer.Script breaking =
        peer -> {
          peer.hear();
          peer.hangUp();
        };
    try (ScriptedServer server =
            ScriptedServer.onTcp(breaking, breaking, p -> p.answer("4:OK x,"));
        SocketmapClient client = client(server)) {
      assertThatThrownBy(() -> client.ask(REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessage(server.endpoint() + ": the connection was closed before the reply");
      assertThat(server.connections()).isEqualTo(2);
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("x"));
    }
  }

  @Test
  void silentServerCostsTheReadTimeoutAndIsAskedOnce() throws IOException {
    assertTimesOut(Peer::hang, "the reply took longer than 200 ms");
  }

  @Test
  void replyThatDribblesInHasOneTimeoutInAll() throws IOException {
    ScriptedServer.Script dribbling =
        peer -> {
          peer.say("100000:OK ");
          while (!peer.stopping().await(20, TimeUnit.MILLISECONDS)) {
            peer.say("x");
          }
        };
    assertTimesOut(dribbling, "the reply took longer than 200 ms");
  }

  @Test
  void serverThatDoesNotReadCostsTheWriteTimeout() throws IOException {
    SocketmapRequest large = SocketmapRequest.of("m", "k".repeat(20_000_000));
    try (ScriptedServer server = ScriptedServer.onUnix(folder.resolve("s"), Peer::hang);
        SocketmapClient client =
            SocketmapClient.builder(server.endpoint())
                .limits(new SocketmapLimits(30_000_000, 100))
                .writeTimeout(SHORT)
                .build()) {
      assertThatThrownBy(() -> client.ask(large))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage(server.endpoint() + ": sending the request took longer than 200 ms");
    }
  }

  @Test
  void sendsARequestThatFillsTheSocketManyTimes() throws IOException {
    SocketmapRequest large = SocketmapRequest.of("m", "k".repeat(5_000_000));
    List<Integer> heard = new ArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.onUnix(
                folder.resolve("s"),
                peer -> {
                  heard.add(peer.hear().length());
                  peer.say("4:OK x,");
                });
        SocketmapClient client =
            SocketmapClient.builder(server.endpoint())
                .limits(new SocketmapLimits(30_000_000, 100))
                .build()) {
      assertThat(client.ask(large)).isEqualTo(new Ok("x"));
      assertThat(heard).containsExactly("5000002:".length() + 5_000_003);
    }
  }

  @Test
  void unixSocketWhoseQueueIsFullCostsTheConnectTimeout() throws IOException {
    Path path = folder.resolve("s");
    UnixDomainSocketAddress address = UnixDomainSocketAddress.of(path);
    try (ServerSocketChannel full = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      full.bind(address, 1);
      try (SocketChannel one = SocketChannel.open(address);
          SocketChannel two = SocketChannel.open(address);
          SocketmapClient client =
              SocketmapClient.builder(new Endpoint.Unix(path)).connectTimeout(SHORT).build()) {
        assertThat(one.isConnected() && two.isConnected()).isTrue();
        assertThatThrownBy(() -> client.ask(REQUEST))
            .isInstanceOf(SocketTimeoutException.class)
            .hasMessage("unix:" + path + ": connecting took longer than 200 ms");
      }
    }
  }

  @Test
  void namesTheEndpointThatCannotBeReached() throws IOException {
    int port = freePort();
    try (SocketmapClient tcp =
            SocketmapClient.builder(new Endpoint.Inet("127.0.0.1", port)).build();
        SocketmapClient unix =
            SocketmapClient.builder(new Endpoint.Unix(folder.resolve("none"))).build();
        SocketmapClient unknown =
            SocketmapClient.builder(new Endpoint.Inet("no-such-host.invalid", 1)).build()) {
      assertThatThrownBy(() -> tcp.ask(REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessage("inet:127.0.0.1:" + port + ": cannot connect: 127.0.0.1: Connection refused");
      assertThatThrownBy(() -> unix.ask(REQUEST))
          .hasMessage(
              "unix:" + folder.resolve("none") + ": cannot connect: No such file or directory");
      assertThatThrownBy(() -> unknown.ask(REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("inet:no-such-host.invalid:1: ");
    }
  }

  @Test
  void whatIsNoReplyIsNotAskedForAgain() throws IOException {
    assertFails("x", "netstring length: expected a digit, got 'x' at byte 0");
    assertFails("100001:", "netstring length: limit is 100000, got 100001 or more at byte 0");
    assertFails(
        "5:MAYBE,", "reply with an unknown status: expected OK, NOTFOUND, TEMP, TIMEOUT or PERM");
  }

  @Test
  void bytesThatComeUnaskedAreNoAnswer() throws IOException {
    CountDownLatch said = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.onTcp(
                peer -> {
                  peer.answer("4:OK 1,");
                  peer.say("8:OK wrong,");
                  said.countDown();
                },
                peer -> peer.answer("4:OK 2,4:OK 3"),
                peer -> peer.answer("4:OK 4,"));
        SocketmapClient client = client(server)) {
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("1"));
      await(said);
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("2"));
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("4"));
    }
  }

  @Test
  void requestOverTheLimitIsNotSent() throws IOException {
    try (ScriptedServer server = ScriptedServer.onTcp();
        SocketmapClient client = client(server)) {
      assertThatThrownBy(() -> client.ask(SocketmapRequest.of("m", "k".repeat(10_255))))
          .hasMessage(server.endpoint() + ": request not sent: limit is 10256 bytes, got 10257");
      assertThat(server.connections()).isZero();
    }
  }

  @Test
  void interruptEndsTheWait() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    try (ScriptedServer server =
            ScriptedServer.onUnix(
                folder.resolve("s"),
                peer -> {
                  peer.hear();
                  waiting.countDown();
                  peer.hang();
                });
        SocketmapClient client = client(server)) {
      Thread asking = Thread.currentThread();
      Thread.ofVirtual()
          .start(
              () -> {
                await(waiting);
                asking.interrupt();
              });

      assertThatThrownBy(() -> client.ask(REQUEST))
          .isInstanceOf(InterruptedIOException.class)
          .hasMessage(server.endpoint() + ": interrupted");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void mayBeUsedAfterItWasClosed() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.onTcp(p -> p.answer("4:OK 1,"), p -> p.answer("4:OK 2,"))) {
      SocketmapClient client = client(server);
      client.ask(REQUEST);
      client.close();
      client.close();
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("2"));
      client.close();
    }
  }

  @Test
  void refusesWhatCannotWork() {
    SocketmapClient.Builder builder = SocketmapClient.builder(Endpoint.parse("inet:localhost:1"));

    assertThatThrownBy(() -> SocketmapClient.builder(Endpoint.parse("inet:localhost:0")))
        .hasMessage("a client cannot connect to port 0: inet:localhost:0");
    for (Duration wrong : List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofDays(2))) {
      assertThatThrownBy(() -> builder.connectTimeout(wrong)).hasMessageContaining("" + wrong);
      assertThatThrownBy(() -> builder.writeTimeout(wrong)).hasMessageContaining("" + wrong);
      assertThatThrownBy(() -> builder.readTimeout(wrong)).hasMessageContaining("" + wrong);
    }
  }

  private void assertTimesOut(ScriptedServer.Script script, String message) throws IOException {
    try (ScriptedServer server = ScriptedServer.onUnix(folder.resolve("s"), script, script);
        SocketmapClient client =
            SocketmapClient.builder(server.endpoint()).readTimeout(SHORT).build()) {
      assertThatThrownBy(() -> client.ask(REQUEST))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessage(server.endpoint() + ": " + message);
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  private static void assertFails(String reply, String message) throws IOException {
    try (ScriptedServer server =
            ScriptedServer.onTcp(p -> p.answer(reply), p -> p.answer("4:OK x,"));
        SocketmapClient client = client(server)) {
      assertThatThrownBy(() -> client.ask(REQUEST))
          .isInstanceOf(IOException.class)
          .hasMessage(server.endpoint() + ": " + message);
      assertThat(client.ask(REQUEST)).isEqualTo(new Ok("x"));
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  private static SocketmapClient client(ScriptedServer server) throws IOException {
    return SocketmapClient.builder(server.endpoint()).build();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean canBind(InetAddress address) {
    try (ServerSocket socket = new ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
