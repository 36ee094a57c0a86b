package org.sockmapd.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class FaultyProxyTest {

  private static final int SILENCE_MILLIS = 200;

  private ServerSocket echo;
  private FaultyProxy proxy;

  @BeforeEach
  void startAnEchoServerBehindTheProxy() throws IOException {
    echo = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::acceptEchoClients);
    proxy = FaultyProxy.to(echo.getLocalPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    echo.close();
  }

  @Test
  void forwardsBothWays() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "hello")).isEqualTo("hello");
    }
  }

  @Test
  void forwardsTheEndOfTheRequestsAndStillTheReplies() throws IOException {
    try (Socket client = connect()) {
      send(client, "last");
      client.shutdownOutput();
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("last");
    }
    await().until(() -> proxy.connections() == 0);
  }

  @Test
  void refusesNewConnectionsOnlyAndAcceptsOnTheSamePortAgain() throws IOException {
    try (Socket open = connect()) {
      assertThat(ask(open, "before")).isEqualTo("before");
      proxy.refuse();
      assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
      assertThat(ask(open, "during")).isEqualTo("during");
    }
    proxy.forward();
    try (Socket client = connect()) {
      assertThat(ask(client, "after")).isEqualTo("after");
    }
  }

  @Test
  void acceptsAndNeverAnswersNewConnectionsWhenTheyAreDropped() throws IOException {
    try (Socket open = connect()) {
      assertThat(ask(open, "before")).isEqualTo("before");
      proxy.dropNew();
      try (Socket dropped = connect()) {
        assertSilent(dropped, "question");
        assertThat(ask(open, "during")).isEqualTo("during");
        proxy.forward();
        assertSilent(dropped, "still");
      }
    }
  }

  @Test
  void holdsEverythingUpWhileItHangsAndLosesNothing() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "before")).isEqualTo("before");
      proxy.hang();
      assertSilent(client, "during");
      proxy.forward();
      assertThat(receive(client, "during".length())).isEqualTo("during");
    }
  }

  @Test
  void delaysEachWay() throws IOException {
    try (Socket client = connect()) {
      proxy.delay(Duration.ofMillis(150));
      long begin = System.nanoTime();
      assertThat(ask(client, "slow")).isEqualTo("slow");
      assertThat(Duration.ofNanos(System.nanoTime() - begin))
          .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }
  }

  @Test
  void endsALongDelayWhenItForwardsAgain() throws IOException {
    try (Socket client = connect()) {
      proxy.delay(Duration.ofHours(1));
      assertSilent(client, "slow");
      proxy.forward();
      assertThat(receive(client, 4)).isEqualTo("slow");
    }
  }

  @Test
  void cutsInTheMiddleOfAReply() throws IOException {
    try (Socket client = connect()) {
      assertThat(ask(client, "whole")).isEqualTo("whole");
      proxy.cutAfterBytes(3);
      send(client, "halved");
      assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hal");
    }
  }

  @Test
  void resetsWhatIsOpenAndServesNewConnections() throws IOException {
    try (Socket open = connect()) {
      assertThat(ask(open, "before")).isEqualTo("before");
      proxy.resetAll();
      assertThatThrownBy(() -> open.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    try (Socket client = connect()) {
      assertThat(ask(client, "after")).isEqualTo("after");
    }
  }

  @Test
  void resetsTheClientWhenTheServerIsDown() throws IOException {
    try (FaultyProxy toNobody = FaultyProxy.to(FreePort.choose());
        Socket client = connect(toNobody)) {
      assertThatThrownBy(() -> ask(client, "hello")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void leavesNothingOpenWhenItIsClosedWhileItHangs() throws IOException {
    try (Socket client = connect()) {
      proxy.hang();
      assertSilent(client, "during");
      proxy.close();
      assertThatThrownBy(() -> client.getInputStream().read()).isInstanceOf(SocketException.class);
    }
    await().until(() -> proxy.connections() == 0);
    assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
  }

  private Socket connect() throws IOException {
    return connect(proxy);
  }

  private static Socket connect(FaultyProxy to) throws IOException {
    Socket socket = new Socket(to.host(), to.port());
    socket.setSoTimeout(10_000);
    return socket;
  }

  private static String ask(Socket socket, String text) throws IOException {
    send(socket, text);
    return receive(socket, text.length());
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static String receive(Socket socket, int bytes) throws IOException {
    byte[] received = socket.getInputStream().readNBytes(bytes);
    if (received.length < bytes) {
      throw new IOException("the connection ended after " + received.length + " bytes");
    }
    return new String(received, StandardCharsets.US_ASCII);
  }

  private static void assertSilent(Socket socket, String question) throws IOException {
    send(socket, question);
    socket.setSoTimeout(SILENCE_MILLIS);
    assertThatThrownBy(() -> socket.getInputStream().read())
        .isInstanceOf(SocketTimeoutException.class);
    socket.setSoTimeout(10_000);
  }

  private void acceptEchoClients() {
    while (!echo.isClosed()) {
      try {
        Socket client = echo.accept();
        Thread.ofVirtual().start(() -> echo(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private static void echo(Socket client) {
    try (client) {
      client.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException gone) {
      // The proxy's faults end it.
    }
  }
}
